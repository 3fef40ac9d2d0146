namespace ChatOps.Fleet.Frames;

/// <summary>Gateway → node: are you there?</summary>
/// <param name="Number">Comes back in the answer.</param>
/// <param name="Facts">Whether the node should say its facts anew.</param>
public sealed record PingFrame(long Number, bool Facts = false) : Frame;
