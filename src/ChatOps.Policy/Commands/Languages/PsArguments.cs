using System.Buffers;
using ChatOps.Policy.Commands.Grammar;
using ChatOps.Policy.Commands.Judging;

namespace ChatOps.Policy.Commands.Languages;

/// <summary>Judges the arguments of ps, whose three styles mix. The BSD letter e shows the environment of other processes and asks.</summary>
internal static class PsArguments
{
    private const string BsdLetters = "auxwfjlsvrhTSHLnmcXg";
    private static readonly SearchValues<char> BsdSearch = SearchValues.Create(BsdLetters);
    private static readonly SearchValues<char> ProcessList = SearchValues.Create("0123456789,");
    private const string BsdWithValue = "oOkpUt";
    private const string UnixLetters = "eAadNTrfFlyjcHLmwVMZ";
    private const string UnixWithValue = "oOCpqgGuUst";

    private static readonly string[] LongFlags =
        ["--forest", "--no-headers", "--no-heading", "--headers", "--cumulative", "--deselect", "--help", "--version", "--context", "--info"];

    private static readonly string[] LongWithValue =
        ["--sort", "--format", "--pid", "--ppid", "--sid", "--user", "--User", "--group", "--Group", "--tty", "--cols", "--columns", "--width", "--rows", "--lines", "--quick-pid"];

    /// <summary>Judges the words after the program's name.</summary>
    public static Verdict Judge(IReadOnlyList<ShellWord> words)
    {
        for (var i = 1; i < words.Count; i++)
        {
            var word = words[i];
            if (!word.IsLiteral) return Ask(word);
            var text = word.Text;
            var fine = text.StartsWith("--", StringComparison.Ordinal) ? Long(text, words, ref i)
                : text.StartsWith('-') ? Unix(text, words, ref i)
                : Bsd(text, words, ref i);
            if (!fine) return Ask(word);
        }

        return Verdict.Read("ps");
    }

    private static bool Long(string text, IReadOnlyList<ShellWord> words, ref int i)
    {
        if (LongFlags.Contains(text)) return true;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0) return LongWithValue.Contains(text[..equals]) && IsValue(text[..equals] == "--sort" ? text[(equals + 1)..].TrimStart('-') : text[(equals + 1)..]);
        return LongWithValue.Contains(text) && TakeValue(words, ref i, text == "--sort");
    }

    private static bool Unix(string text, IReadOnlyList<ShellWord> words, ref int i)
    {
        // "-aux" means "user x" unless there is none, and then the BSD options: both readings must be harmless
        if (text.Contains('u', StringComparison.Ordinal) && !text.EndsWith('u'))
            return text.Length > 1 && text.AsSpan(1).IndexOfAnyExcept(BsdSearch) < 0;
        for (var at = 1; at < text.Length; at++)
        {
            if (UnixLetters.Contains(text[at])) continue;
            if (!UnixWithValue.Contains(text[at])) return false;
            return at + 1 < text.Length ? IsValue(text[(at + 1)..]) : TakeValue(words, ref i);
        }

        return text.Length > 1;
    }

    private static bool Bsd(string text, IReadOnlyList<ShellWord> words, ref int i)
    {
        if (text.Length > 0 && text.AsSpan().IndexOfAnyExcept(ProcessList) < 0) return true;
        for (var at = 0; at < text.Length; at++)
        {
            if (BsdLetters.Contains(text[at])) continue;
            if (!BsdWithValue.Contains(text[at])) return false;
            return at + 1 < text.Length ? IsValue(text[(at + 1)..]) : TakeValue(words, ref i);
        }

        return text.Length > 0;
    }

    private static bool TakeValue(IReadOnlyList<ShellWord> words, ref int i, bool isOrder = false) =>
        ++i < words.Count && words[i].IsLiteral && IsValue(isOrder ? words[i].Text.TrimStart('-') : words[i].Text);

    private static bool IsValue(string text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not (',' or '_' or '-' or '%' or '=' or ':' or '.' or '+' or '/' or ' ' or '@')) return false;
        return text.Length > 0 && text[0] != '-' && !text.Contains("env", StringComparison.OrdinalIgnoreCase);
    }

    private static Verdict Ask(ShellWord word) => Verdict.Change(
        "option.ps", $"ps: {(word.Text.Length > 40 ? word.Text[..40] + "…" : word.Text)} is not on the list of options known to be harmless (e shows the environment of processes)");
}
