namespace ChatOps.Fleet.Frames;

/// <summary>Gateway → node: the result has arrived; kept output may go. That it ran is remembered all the same.</summary>
/// <param name="Id">The execution.</param>
public sealed record ForgetFrame(string Id) : Frame;
