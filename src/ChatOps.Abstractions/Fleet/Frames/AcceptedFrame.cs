namespace ChatOps.Fleet.Frames;

/// <summary>Node → gateway: the execution is recorded there and runs, or has run.</summary>
/// <param name="Id">The execution.</param>
public sealed record AcceptedFrame(string Id) : Frame;
