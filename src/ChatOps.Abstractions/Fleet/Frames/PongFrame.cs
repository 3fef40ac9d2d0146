namespace ChatOps.Fleet.Frames;

/// <summary>Node → gateway: the answer to a ping.</summary>
/// <param name="Number">The ping's.</param>
/// <param name="Facts">About the machine, when asked for.</param>
public sealed record PongFrame(long Number, IReadOnlyDictionary<string, string>? Facts = null) : Frame;
