namespace ChatOps.Testing.Channels;

/// <summary>What a platform saw after it delivered an event.</summary>
/// <param name="Acknowledged">Whether it may forget the event.</param>
/// <param name="Told">What the person was told, when refused.</param>
public sealed record PlatformAnswer(bool Acknowledged, string? Told = null);
