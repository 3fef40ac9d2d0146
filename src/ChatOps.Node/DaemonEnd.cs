namespace ChatOps.Node;

/// <summary>Why a daemon ended.</summary>
/// <param name="Asked">Whether it was asked to.</param>
/// <param name="Code">Otherwise: the gateway's stable word for it.</param>
/// <param name="Reason">Otherwise: for people.</param>
public sealed record DaemonEnd(bool Asked, string? Code, string? Reason);
