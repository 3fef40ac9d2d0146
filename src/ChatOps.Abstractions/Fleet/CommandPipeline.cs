namespace ChatOps.Fleet;

/// <summary>Programs connected by pipes.</summary>
/// <param name="Join">How this pipeline depends on the exit status so far.</param>
/// <param name="Negate">A leading <c>!</c>: the exit status is inverted.</param>
/// <param name="Commands">The programs, left to right; at least one.</param>
public sealed record CommandPipeline(CommandJoin Join, bool Negate, IReadOnlyList<SimpleCommand> Commands);
