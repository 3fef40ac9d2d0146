namespace ChatOps.Console.Checks;

/// <summary>Somebody wants to hear nothing of a check for a while.</summary>
internal sealed record SilencePost(string? For, string? Node, string? Reason);
