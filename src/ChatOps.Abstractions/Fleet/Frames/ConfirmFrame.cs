namespace ChatOps.Fleet.Frames;

/// <summary>Node → gateway: the new generation is on its disk.</summary>
/// <param name="Generation">The counter.</param>
public sealed record ConfirmFrame(long Generation) : Frame;
