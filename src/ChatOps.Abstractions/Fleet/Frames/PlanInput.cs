namespace ChatOps.Fleet.Frames;

/// <summary>Content that an execution reads as its standard input. It comes in pieces that the node asks for; nothing is started before all of it is there and has this hash.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal.</param>
public sealed record PlanInput(long Bytes, string Sha256);
