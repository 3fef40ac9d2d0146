namespace ChatOps.Fleet.Frames;

/// <summary>Gateway → node: stop an execution with its whole process tree.</summary>
/// <param name="Id">The execution.</param>
public sealed record CancelFrame(string Id) : Frame;
