namespace ChatOps.Fleet.Frames;

/// <summary>What was made of a control message.</summary>
/// <param name="Frame">The frame, when it is one.</param>
/// <param name="UnknownType">Otherwise: a type that this version does not know, cut short.</param>
/// <param name="Problem">Otherwise: why it is no frame at all.</param>
public readonly record struct FrameReading(Frame? Frame, string? UnknownType, string? Problem);
