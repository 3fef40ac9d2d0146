namespace ChatOps.Fleet.Frames;

/// <summary>Gateway → node: it is let in once it has confirmed the new generation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Generation">The counter that it presents next time.</param>
/// <param name="HeartbeatMilliseconds">How often the gateway sends a ping; after two without any message both ends give the connection up.</param>
public sealed record WelcomeFrame(string Name, long Generation, int HeartbeatMilliseconds) : Frame;
