namespace ChatOps.Checks;

/// <summary>What became of a person's wish about a note's trust.</summary>
/// <param name="Done">Whether it holds now.</param>
/// <param name="Text">What holds, or why not, with the note's record.</param>
/// <param name="State">The note as it stands now; null when there is no such note.</param>
public sealed record TrustDecision(bool Done, string Text, RunbookState? State);
