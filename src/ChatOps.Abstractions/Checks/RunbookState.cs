namespace ChatOps.Checks;

/// <summary>A runbook note as it stands now.</summary>
/// <param name="Note">As it is written.</param>
/// <param name="Trust">How far it may go now: never above what its file allows, and never up to <see cref="RunbookTrust.Auto"/> by its file alone.</param>
/// <param name="Why">Why it stands there, in a sentence.</param>
/// <param name="Record">What its runs have shown; null when nothing was decided and nothing ran.</param>
public sealed record RunbookState(RunbookNote Note, RunbookTrust Trust, string Why, RunbookRecord? Record);
