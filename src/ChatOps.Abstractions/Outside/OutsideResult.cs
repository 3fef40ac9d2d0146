namespace ChatOps.Outside;

/// <summary>What a server answered, bounded.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Text">What it says; text from outside.</param>
/// <param name="DataJson">Its structured content; null for none.</param>
public sealed record OutsideResult(OutsideEnd End, string Text, string? DataJson = null);
