using ChatOps.Fleet;

namespace ChatOps.Policy;

/// <summary>What the policy thinks of one command line.</summary>
/// <param name="Command">The line as given.</param>
/// <param name="Risk">The verdict.</param>
/// <param name="Rule">Stable id of the deciding rule, for example <c>read.grep</c>, <c>unknown-command</c>, <c>forbidden.disk-wipe</c>.</param>
/// <param name="Reason">One sentence for people: why this verdict.</param>
/// <param name="Program">
/// The parsed form when the line can run without a shell (argv, pipes, null redirections). Always present for <see cref="Risk.Read"/>:
/// what was judged is what runs. <see langword="null"/> when only a shell can run the line.
/// </param>
public sealed record CommandAssessment(string Command, Risk Risk, string Rule, string Reason, CommandProgram? Program)
{
    /// <summary>Whether the line runs as parsed argv and pipes, never through a shell.</summary>
    public bool RunsWithoutShell => Program is not null;
}
