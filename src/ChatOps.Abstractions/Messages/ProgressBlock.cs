namespace ChatOps.Messages;

/// <summary>How far something is.</summary>
/// <param name="Label">What.</param>
/// <param name="Done">How much is done.</param>
/// <param name="Total">Of how much; null when not known.</param>
public sealed record ProgressBlock(string Label, long Done, long? Total) : Block;
