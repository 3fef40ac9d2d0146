using ChatOps.Messages;

namespace ChatOps.Checks.Responses;

/// <summary>What became of a note's steps at the gate.</summary>
/// <param name="InvocationId">The plan's invocation; null when there is none.</param>
/// <param name="Said">A sentence for a model and for the record; empty when nothing was tried.</param>
/// <param name="Message">What people are told besides the card; null for nothing.</param>
internal sealed record NoteProposed(string? InvocationId, string Said, RichMessage? Message);
