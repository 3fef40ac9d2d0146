namespace ChatOps.Checks;

/// <summary>A step of a runbook note.</summary>
/// <param name="Command">A command line as in chat; <c>{node}</c> stands for the nodes of the finding.</param>
/// <param name="Undo">How a person would undo it; null when not said.</param>
public sealed record RunbookStep(string Command, string? Undo);
