using ChatOps.Fleet;

namespace ChatOps.Node.Execution;

/// <summary>A command made ready: program found, patterns expanded; or why that was not possible.</summary>
/// <param name="Path">Absolute path of the program; empty when there is a problem.</param>
/// <param name="Arguments">The argv.</param>
/// <param name="Redirections">In order.</param>
/// <param name="Problem">Why it cannot be started, for people.</param>
/// <param name="Status">The exit status that stands for the problem, as in a shell.</param>
internal sealed record PreparedCommand(string Path, IReadOnlyList<string> Arguments, IReadOnlyList<CommandRedirection> Redirections, string? Problem, int Status)
{
    private const int NotFound = 127, NotExecutable = 126;

    /// <summary>The shell with a whole line.</summary>
    /// <param name="line">The line as approved.</param>
    public static PreparedCommand Shell(string line) =>
        // The two dashes end the options: a line may begin with one.
        Check(new PreparedCommand("/bin/sh", ["sh", "-c", "--", line], [], null, 0));

    /// <summary>Resolves one command.</summary>
    /// <param name="command">As parsed.</param>
    /// <param name="workingDirectory">Absolute path.</param>
    public static PreparedCommand From(SimpleCommand command, string workingDirectory)
    {
        if (command.Words.Count == 0 || command.Words[0].IsPattern)
            return Failed(command, "A command needs a program name that is not a pattern.", NotFound);

        var name = command.Words[0].Text;
        var arguments = new List<string>(command.Words.Count);
        foreach (var word in command.Words)
        {
            if (!word.IsPattern)
            {
                arguments.Add(word.Text);
                continue;
            }

            if (!Spawnable(word.Text) || PathExpansion.Expand(word.Text, workingDirectory) is not { } names)
                return Failed(command, $"{name}: the pattern {word.Text} matches more than {PathExpansion.MaxNames} names; make it narrower.", NotExecutable);
            arguments.AddRange(names);
        }

        var path = Spawnable(name) ? ProgramPath.Resolve(name, workingDirectory) : null;
        return path is null
            ? Failed(command, $"{name}: program not found on this machine (looked in {ProgramPath.SearchList}).", NotFound)
            : Check(new PreparedCommand(path, arguments, command.Redirections, null, 0));
    }

    private static PreparedCommand Check(PreparedCommand command) =>
        command.Arguments.All(Spawnable)
            ? command
            : command with { Path = "", Problem = "An argument holds a character that cannot be given to a program (NUL or half of a surrogate pair).", Status = NotExecutable };

    private static PreparedCommand Failed(SimpleCommand command, string problem, int status) => new("", [], command.Redirections, problem, status);

    private static bool Spawnable(string text) => Native.Spawner.CanPass(text);
}
