using System.Collections.Frozen;
using ChatOps.Policy.Commands.Grammar;
using ChatOps.Policy.Commands.Judging;

namespace ChatOps.Policy.Commands.Languages;

/// <summary>Judges the arguments of find: tests and actions that only look are known, and what -exec runs is judged as a command.</summary>
internal static class FindExpression
{
    private static readonly FrozenSet<string> Plain = Set(
        "-depth -xdev -mount -noleaf -daystart -follow -warn -nowarn -print -print0 -ls -prune -quit -empty -executable -readable -writable -nouser -nogroup "
        + "-true -false -a -and -o -or -not ! ( ) , -P -L -H -help --help -version --version");

    private static readonly FrozenSet<string> Valued = Set(
        "-maxdepth -mindepth -name -iname -path -ipath -wholename -iwholename -regex -iregex -regextype -type -xtype -size -mtime -atime -ctime -mmin -amin -cmin -user -group -uid -gid "
        + "-perm -links -inum -fstype -lname -ilname -printf -used -context -newermt -newerct -newerat -newer -anewer -cnewer -samefile");

    private static readonly FrozenSet<string> Runs = Set("-exec -execdir -ok -okdir");

    /// <summary>Judges the words after the program's name.</summary>
    /// <param name="words">All words.</param>
    /// <param name="inner">Judges a command whose operands after its own words are file names that find inserts.</param>
    public static Verdict Judge(IReadOnlyList<ShellWord> words, Func<IReadOnlyList<ShellWord>, Verdict> inner)
    {
        var verdict = Verdict.Read("find");
        var expression = false;
        for (var i = 1; i < words.Count; i++)
        {
            var word = words[i];
            var text = word.Text;
            if (!word.IsLiteral)
            {
                if (word.IsOpaque) return verdict.Or(Verdict.Change("operand.find", "find gets arguments that are not known here and may be actions"));
                if (expression) return verdict.Or(Verdict.Change("operand.find", $"find: {text} is not quoted, so what it stands for depends on the files here"));
                if (text[0] == '-') return verdict.Or(Verdict.Change("option.find", $"find: {text} is an option that depends on the file system"));
                continue;
            }

            if (Plain.Contains(text))
            {
                expression |= text is not ("-P" or "-L" or "-H");
            }
            else if (Valued.Contains(text))
            {
                expression = true;
                i++;
            }
            else if (text.StartsWith("-newer", StringComparison.Ordinal) && text.Length == 8)
            {
                expression = true;
                i++;
            }
            else if (Runs.Contains(text))
            {
                var end = i + 1;
                while (end < words.Count && words[end].Text is not ";" && !(words[end].Text == "+" && words[end - 1].Text == "{}")) end++;
                verdict = verdict.Or(Executed(words, i + 1, end, text, inner));
                expression = true;
                i = end;
            }
            else if (text is "-delete")
            {
                expression = true;
                verdict = verdict.Or(Verdict.Dangerous("dangerous.find.delete", "find: -delete removes what it finds"));
            }
            else if (text.StartsWith('-') || expression)
            {
                return verdict.Or(Verdict.Change("option.find", $"find: {(text.Length > 40 ? text[..40] + "…" : text)} is not known to only look"));
            }
        }

        return verdict;
    }

    /// <summary>Judges what runs for each file. The names come from the disk: the inner command must be harmless for every file below the starting points.</summary>
    private static Verdict Executed(IReadOnlyList<ShellWord> words, int from, int to, string action, Func<IReadOnlyList<ShellWord>, Verdict> inner)
    {
        if (from >= to || to > words.Count) return Verdict.Change("operand.find", $"find: {action} is not complete");
        var starts = new List<ShellWord>();
        for (var i = 1; i < words.Count && (words[i].Text.Length == 0 || words[i].Text[0] is not ('-' or '(' or '!')); i++) starts.Add(words[i]);
        if (starts.Count == 0) starts.Add(new ShellWord("."));
        var verdict = Verdict.Read("find");
        foreach (var start in starts)
        {
            // every file below the start, as the pattern of a whole tree
            var command = new List<ShellWord>();
            for (var i = from; i < to; i++)
                command.Add(words[i].Text == "{}" ? new ShellWord(start.Text, start.IsPattern) : words[i].Text.Contains("{}", StringComparison.Ordinal) ? new ShellWord("*", true, true) : words[i]);
            verdict = verdict.Or(inner(command));
        }

        if (verdict.Risk == Risk.Read && action is "-ok" or "-okdir") return Verdict.Change("operand.find", $"find: {action} asks on a terminal, and there is none");
        return verdict;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
