namespace ChatOps.Node.Connection;

/// <summary>How a connection to the relay ended.</summary>
/// <param name="WasIn">Whether it had been let in.</param>
/// <param name="Code">The gateway's code when it said one (see <see cref="ChatOps.Fleet.Frames.RefusalCode"/>), or one of ours.</param>
/// <param name="Reason">For people.</param>
/// <param name="Final">Whether trying again is of no use.</param>
internal sealed record SessionEnd(bool WasIn, string? Code, string Reason, bool Final);
