namespace ChatOps.Fleet;

/// <summary>One program with its arguments.</summary>
/// <param name="Words">The argv; the first word is the program and is never a pattern.</param>
/// <param name="Redirections">Applied in order after the pipe is connected.</param>
public sealed record SimpleCommand(IReadOnlyList<CommandWord> Words, IReadOnlyList<CommandRedirection> Redirections);
