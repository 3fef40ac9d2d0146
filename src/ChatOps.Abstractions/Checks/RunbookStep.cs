namespace ChatOps.Checks;

/// <summary>A step of a runbook note.</summary>
/// <param name="Run">The command line; <c>{node}</c> stands for the finding's node.</param>
/// <param name="On">The selector; <c>{node}</c> stands for the finding's node.</param>
public sealed record RunbookStep(string Run, string On);
