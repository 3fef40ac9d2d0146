using ChatOps.Policy.Commands.Grammar;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>What xargs gets, as far as the program before it tells: process ids, container ids, or files below known directories.</summary>
/// <param name="Words">Words that stand for any of its input.</param>
/// <param name="ReadsTrees">Whether they are directories that stand for every file below them.</param>
internal sealed record XargsInput(IReadOnlyList<ShellWord> Words, bool ReadsTrees)
{
    private static readonly XargsInput Unknown = new([new ShellWord("*", true, true)], false);

    private static readonly string[] Labels = ["-l", "-a", "-d", "--list-name", "--list-full", "--delimiter"];

    private static readonly string[] Prints = ["-printf", "-ls", "-exec", "-execdir", "-ok", "-okdir", "-fprint", "-fprintf", "-fls", "-fprint0"];

    /// <summary>Reads it off the command in front of the pipe.</summary>
    /// <param name="upstream">That command, or null.</param>
    /// <param name="separated">Whether xargs splits at zero bytes alone.</param>
    /// <param name="guard">Knows the directories in which nobody but programs names files.</param>
    public static XargsInput Of(ShellCommand? upstream, bool separated, PathGuard guard)
    {
        if (upstream is not { Words: [{ IsLiteral: true } program, ..] words } || words.Any(w => w.IsOpaque)) return Unknown;
        switch (ProgramName.Of(program))
        {
            case "pgrep" when !separated && !words.Skip(1).Any(Labelled):
            case "pidof" when !separated && words.Skip(1).All(w => !w.Text.StartsWith('-')):
                return new XargsInput([new ShellWord("1")], false);
            case "docker" or "podman" when !separated && words is [_, { Text: "ps" }, { Text: "-q" or "-aq" or "-qa" }, ..] && words.Skip(3).All(w => !w.Text.StartsWith("--fo", StringComparison.Ordinal)):
                return new XargsInput([new ShellWord("0123456789ab")], false);
            case "find":
                return Found(words, separated, guard);
            default:
                return Unknown;
        }
    }

    private static bool Labelled(ShellWord word) =>
        Labels.Any(l => l.StartsWith("--", StringComparison.Ordinal)
            ? word.Text.StartsWith(l, StringComparison.Ordinal)
            : word.Text.StartsWith('-') && !word.Text.StartsWith("--", StringComparison.Ordinal) && word.Text.Contains(l[1], StringComparison.Ordinal));

    /// <summary>Every path that find prints begins with one of its starting points. A name with blanks in it is split by xargs, so without zero bytes the names must be those of programs.</summary>
    private static XargsInput Found(IReadOnlyList<ShellWord> words, bool separated, PathGuard guard)
    {
        var starts = words.Skip(1).TakeWhile(w => w.Text.Length > 0 && w.Text[0] is not ('-' or '(' or '!')).ToList();
        var zero = words.Any(w => w.Text == "-print0");
        if (starts.Count == 0 || !starts.TrueForAll(s => s.IsLiteral) || words.Any(w => Prints.Contains(w.Text)) || zero != separated) return Unknown;
        return separated || starts.TrueForAll(guard.IsPlainTree) ? new XargsInput(starts, true) : Unknown;
    }
}
