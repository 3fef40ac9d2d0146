namespace ChatOps.Fleet.Frames;

/// <summary>Gateway → node, last: the connection is over.</summary>
/// <param name="Code">Stable; see <see cref="RefusalCode"/>.</param>
/// <param name="Reason">For people.</param>
/// <param name="Final">Whether trying again is of no use.</param>
public sealed record RefusedFrame(string Code, string Reason, bool Final) : Frame;
