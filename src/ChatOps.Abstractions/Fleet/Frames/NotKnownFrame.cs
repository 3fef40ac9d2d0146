namespace ChatOps.Fleet.Frames;

/// <summary>Node → gateway: an execution of this id was never started there.</summary>
/// <param name="Id">The execution.</param>
public sealed record NotKnownFrame(string Id) : Frame;
