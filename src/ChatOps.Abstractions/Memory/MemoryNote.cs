namespace ChatOps.Memory;

/// <summary>A note of the long-term memory.</summary>
/// <param name="Id">Short id, made from its text: the same text is the same note.</param>
/// <param name="Person">Whose it is; null for everybody's.</param>
/// <param name="On">The day it was written: <c>2026-11-21</c>; empty when not known.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="Text">One line.</param>
public sealed record MemoryNote(string Id, string? Person, string On, string By, string Text);
