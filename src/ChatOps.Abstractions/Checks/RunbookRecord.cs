namespace ChatOps.Checks;

/// <summary>How far a runbook note is trusted, and what its runs have shown.</summary>
/// <param name="Name">The note.</param>
/// <param name="Trust">How far, by the last decision or fall.</param>
/// <param name="Digest">What it would do when that was decided.</param>
/// <param name="Verified">Runs in a row, since then or since the last failure, that were done and whose check said so.</param>
/// <param name="Failed">Runs that failed, in all.</param>
/// <param name="By">Who decided; <c>gateway</c> for a fall.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When.</param>
public sealed record RunbookRecord(string Name, RunbookTrust Trust, string Digest, int Verified, int Failed, string By, string Why, DateTimeOffset At);
