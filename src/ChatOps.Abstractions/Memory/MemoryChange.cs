namespace ChatOps.Memory;

/// <summary>What became of a change of the memory.</summary>
/// <param name="Note">The note that was written or removed; null when nothing changed.</param>
/// <param name="Refusal">Why nothing changed, and what to do, for people; null when it did.</param>
/// <param name="Consolidated">Whether older notes were put together to make room.</param>
public sealed record MemoryChange(MemoryNote? Note, string? Refusal, bool Consolidated = false);
