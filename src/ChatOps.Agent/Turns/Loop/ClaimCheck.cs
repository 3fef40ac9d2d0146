using System.Text.RegularExpressions;
using ChatOps.Agent.Turns.Steps;
using ChatOps.Rendering;

namespace ChatOps.Agent.Turns.Loop;

/// <summary>
/// Finds sentences of an answer that say something was done, although the record of the turn holds no change that would be it. It is a list of words over sentences
/// and no understanding: it knows English and some German, takes a report of what a log says was done for a claim, and misses a claim in other words. So it marks
/// and never hides; what really ran is in the audit.
/// </summary>
internal static partial class ClaimCheck
{
    /// <summary>How many sentences are quoted.</summary>
    public const int MaxShown = 3;

    private const int MaxQuoted = 160;

    /// <summary>How many words before a word of action decide how it is meant.</summary>
    private const int Window = 4;

    // Somebody says of themselves, or of a thing, that it was done.
    private static readonly HashSet<string> Claiming = new(StringComparer.OrdinalIgnoreCase)
    {
        "i", "we", "i've", "we've", "i’ve", "we’ve", "have", "has", "been", "was", "were", "is", "are", "got", "successfully",
        "ich", "wir", "habe", "haben", "hat", "wurde", "wurden", "ist", "sind", "erfolgreich",
    };

    // It was not, or may be.
    private static readonly HashSet<string> Doubting = new(StringComparer.OrdinalIgnoreCase)
    {
        "not", "never", "nothing", "none", "nobody", "no", "without", "be", "would", "will", "could", "can", "should", "shall", "may", "might", "must", "cannot",
        "failed", "refused", "denied", "unknown", "unable", "isn't", "wasn't", "weren't", "hasn't", "haven't", "aren't", "isn’t", "wasn’t", "weren’t", "hasn’t", "haven’t", "aren’t",
        "nicht", "kein", "keine", "nie", "nichts", "wird", "werden", "kann", "könnte", "soll", "sollte", "muss",
    };

    private static readonly HashSet<string> Conditions = new(StringComparer.OrdinalIgnoreCase) { "if", "when", "once", "unless", "until", "wenn", "falls", "sobald" };

    /// <summary>The sentences, shortened, at most <see cref="MaxShown"/>.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="results">What the turn did.</param>
    public static IReadOnlyList<string> Unverified(string answer, IReadOnlyList<ToolStepData> results)
    {
        var changes = results.Where(r => r.IsDoneChange).Select(r => Words().Matches($"{r.Tool} {r.Title}").Select(w => w.Value).ToHashSet(StringComparer.OrdinalIgnoreCase)).ToList();
        return [.. Sentences(answer).Where(s => Claims(s).Any(word => !Shows(changes, ActionWords.All[word]))).Take(MaxShown).Select(Quoted)];
    }

    private static IEnumerable<string> Claims(string sentence)
    {
        var words = Words().Matches(sentence).Select(w => w.Value).ToList();
        if (words.Count == 0 || sentence.TrimEnd().EndsWith('?') || Conditions.Contains(words[0])) return [];
        return words.Where((word, i) => ActionWords.All.ContainsKey(word) && IsClaimed(words, i));
    }

    private static bool IsClaimed(IReadOnlyList<string> words, int at)
    {
        var before = words.Skip(Math.Max(0, at - Window)).Take(Math.Min(at, Window)).ToList();
        return !before.Any(Doubting.Contains) && (at == 0 || before.Any(Claiming.Contains));
    }

    private static bool Shows(IReadOnlyList<HashSet<string>> changes, IReadOnlyList<string> words) =>
        changes.Any(c => words.Count == 0 || words.Any(w => c.Any(t => t.StartsWith(w, StringComparison.OrdinalIgnoreCase))));

    // What stands in code is quoted, not said.
    private static IEnumerable<string> Sentences(string answer)
    {
        var plain = RestrictedMarkdown.ToPlainText(Quotes().Replace(Code().Replace(answer, " "), " "));
        return Ends().Split(plain).Select(s => s.Trim()).Where(s => s.Length > 0);
    }

    private static string Quoted(string sentence) => sentence.Length <= MaxQuoted ? sentence : TextSplitter.Split(sentence, MaxQuoted, static t => t.Length, fenced: false)[0] + "…";

    [GeneratedRegex(@"[\p{L}\p{Nd}]+(?:['’]\p{L}+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"(?<=[.!?])\s+|[\r\n]+|;\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Ends();

    [GeneratedRegex("```.*?(```|$)|`[^`\n]*`", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^>.*$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Quotes();
}
