using ChatOps.Fleet;

namespace ChatOps.Policy.Commands.Grammar;

/// <summary>What the grammar makes of a line.</summary>
/// <param name="Commands">Every simple command at any depth, in the order of the text; up to the error if there is one.</param>
/// <param name="Notes">Why it needs a shell; empty when it does not.</param>
/// <param name="Program">The runnable form when there is neither a note nor an error.</param>
/// <param name="Error">Why it could not be parsed to the end.</param>
/// <param name="ErrorRule">The rule id of the error.</param>
internal sealed record ParsedLine(
    IReadOnlyList<ShellCommand> Commands, IReadOnlyList<ShellNote> Notes, CommandProgram? Program, string? Error, string? ErrorRule);
