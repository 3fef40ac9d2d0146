namespace ChatOps.Messages;

/// <summary>A page of the console with more about it. The console links to it; elsewhere its address stands as text, where the gateway has one that people can reach.</summary>
/// <param name="Label">What is there.</param>
/// <param name="Path">The page on this gateway: <c>/jobs/…</c>.</param>
/// <param name="Address">The whole address; null when the gateway has no public one.</param>
public sealed record PageBlock(string Label, string Path, string? Address) : Block;
