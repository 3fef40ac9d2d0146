namespace ChatOps.Fleet.Frames;

/// <summary>One message from the other end.</summary>
/// <param name="Control">What was made of a control message; meaningless when <paramref name="Output"/> is there.</param>
/// <param name="Output">A piece of output.</param>
public readonly record struct FrameMessage(FrameReading Control, OutputChunk? Output);
