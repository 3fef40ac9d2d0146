using ChatOps.Policy.Commands.Grammar;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>Removing the root of the file system or a directory that the system cannot do without.</summary>
internal static class SystemWipe
{
    private const string Rule = "system-wipe";

    private static readonly string[] Roots =
        ["etc", "usr", "var", "home", "boot", "bin", "sbin", "lib", "lib32", "lib64", "root", "dev", "proc", "sys", "opt", "srv", "run", "System", "Users"];

    private static readonly string[][] Second =
    [
        ["usr", "bin"], ["usr", "sbin"], ["usr", "lib"], ["usr", "share"], ["var", "lib"], ["boot", "efi"], ["usr", "lib64"], ["usr", "local"],
    ];

    /// <summary>Null when nothing of the kind is removed.</summary>
    public static Verdict? Judge(string name, IReadOnlyList<ShellWord> words, PathWord? directory)
    {
        switch (name)
        {
            case "rm":
                if (words.Skip(1).Any(w => w.Text.StartsWith("--no-preserve", StringComparison.Ordinal)))
                    return Verdict.Forbidden(Rule, "rm is told not to spare the root of the file system");
                return IsRecursive(words) ? Targets(words, directory, "removes") : null;
            case "find":
                return JudgeFind(words, directory);
            case "mv":
                return words.Count > 2 ? Targets([.. words.SkipLast(1)], directory, "moves away") : null;
            case "shred" or "wipe" or "srm":
                return Targets(words, directory, "wipes");
            case "rsync":
                return words.Any(w => w.Text.StartsWith("--delete", StringComparison.Ordinal)) && words.Count > 2 ? Targets([words[0], words[^1]], directory, "empties") : null;
            default:
                return null;
        }
    }

    /// <summary>Whether a path is the root, a directory of the system, or everything directly inside one.</summary>
    public static bool IsSystemRoot(PathWord path)
    {
        if (!path.IsAbsolute) return false;
        var segments = path.Segments;
        var count = segments.Count;
        if (count > 0 && path.IsPattern && GlobOverlap.MatchesAlmostAll(segments[^1])) count--; // x/* is as good as x
        if (count == 0) return true;
        if (count > 2) return false;
        var top = Array.Exists(Roots, r => GlobOverlap.CanBeSame(segments[0], path.IsPattern, r));
        if (count == 1) return top;
        return Array.Exists(Second, s => GlobOverlap.CanBeSame(segments[0], path.IsPattern, s[0]) && GlobOverlap.CanBeSame(segments[1], path.IsPattern, s[1]));
    }

    private static Verdict? Targets(IReadOnlyList<ShellWord> words, PathWord? directory, string verb)
    {
        var options = true;
        foreach (var word in words.Skip(1))
        {
            if (options && word.Text == "--") options = false;
            else if (!(options && word.Text.StartsWith('-')) && IsSystemRoot(PathWord.Of(word).Resolve(directory)) && !IsHere(word, directory))
                return Verdict.Forbidden(Rule, $"it {verb} {word.Text}, which the system cannot do without");
        }

        return null;
    }

    // a relative path without a known directory is nobody's root
    private static bool IsHere(ShellWord word, PathWord? directory) => !word.Text.StartsWith('/') && directory is not { IsAbsolute: true };

    private static bool IsRecursive(IReadOnlyList<ShellWord> words) =>
        words.Skip(1).Any(w => w.Text.StartsWith("--r", StringComparison.Ordinal) || w.Text == "--dir"
            || (w.Text.StartsWith('-') && !w.Text.StartsWith("--", StringComparison.Ordinal) && w.Text.AsSpan().IndexOfAny('r', 'R') > 0));

    private static Verdict? JudgeFind(IReadOnlyList<ShellWord> words, PathWord? directory)
    {
        var deletes = words.Any(w => w.Text == "-delete");
        var removes = words.Any(w => w.Text is "rm" or "shred" or "/bin/rm" or "/usr/bin/rm") && words.Any(w => w.Text.StartsWith("-exec", StringComparison.Ordinal) || w.Text.StartsWith("-ok", StringComparison.Ordinal));
        if (!deletes && !removes) return null;
        var narrow = words.Any(w => w.Text is "-name" or "-iname" or "-path" or "-ipath" or "-regex" or "-iregex" or "-mtime" or "-mmin" or "-atime" or "-ctime" or "-amin" or "-cmin"
            or "-newer" or "-size" or "-empty" or "-user" or "-group" or "-perm" or "-nouser" or "-nogroup" or "-samefile" or "-inum" or "-lname" or "-newermt");
        return narrow ? null : Targets([words[0], .. words.Skip(1).TakeWhile(w => !w.Text.StartsWith('-') || w.Text is "-P" or "-L" or "-H")], directory, "removes");
    }
}
