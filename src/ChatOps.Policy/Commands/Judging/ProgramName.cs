using System.Collections.Frozen;
using ChatOps.Policy.Commands.Grammar;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>Which known program a first word names.</summary>
internal static class ProgramName
{
    private static readonly string[] Places = ["/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/"];

    // They change the shell itself, so without a shell they are no programs at all.
    private static readonly FrozenSet<string> Builtins =
        ". : alias bg break builtin caller cd command compgen complete continue declare dirs disown enable eval exec exit export fc fg getopts hash help history jobs let local logout mapfile popd pushd read readonly return set shift shopt source times trap type typeset ulimit umask unalias unset wait"
            .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The plain name when the word is one, or a path in a place for system programs; null for every other path.</summary>
    public static string? Of(ShellWord word)
    {
        if (!word.IsLiteral) return null;
        if (!word.Text.Contains('/', StringComparison.Ordinal)) return word.Text;
        foreach (var place in Places)
        {
            if (word.Text.StartsWith(place, StringComparison.Ordinal) && word.Text.IndexOf('/', place.Length) < 0) return word.Text[place.Length..];
        }

        return null;
    }

    /// <summary>The name whatever the path, for what is never allowed.</summary>
    public static string Last(ShellWord word) => word.Text[(word.Text.LastIndexOf('/') + 1)..];

    /// <summary>Whether only a shell knows the command.</summary>
    public static bool IsBuiltin(string name) => Builtins.Contains(name);
}
