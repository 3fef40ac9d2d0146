namespace ChatOps.Checks;

/// <summary>What became of a runbook note so far.</summary>
/// <param name="Name">The note.</param>
/// <param name="Trust">Where it stands.</param>
/// <param name="Good">Runs after which the check was well again.</param>
/// <param name="Failed">Runs that failed, or after which it was not.</param>
/// <param name="By">Who or what set the trust last.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When.</param>
public sealed record RunbookRecord(string Name, RunbookTrust Trust, int Good, int Failed, string By, string Why, DateTimeOffset At);
