using ChatOps.Policy.Commands.Grammar;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>What is around a command.</summary>
/// <param name="Upstream">The command whose output it reads.</param>
/// <param name="Directory">The directory that an earlier <c>cd</c> in the line went to; null when it is not known.</param>
/// <param name="Wrappers">How many commands started one another before it.</param>
/// <param name="Effort">What is left of the effort for the whole line.</param>
/// <param name="ReadsTrees">Whether its files stand for everything below them (find -exec).</param>
internal sealed record CommandPlace(ShellCommand? Upstream, PathWord? Directory, int Wrappers, bool ReadsTrees, Effort Effort)
{
    /// <summary>One wrapper further in.</summary>
    public CommandPlace Inside() => this with { Wrappers = Wrappers + 1 };
}
