using System.Text.RegularExpressions;
using ChatOps.Fleet;
using ChatOps.Policy;

namespace ChatOps.Agent.Speech;

/// <summary>Maps what was said to the command grammar where it plainly matches, without a model. In doubt it is talk, and nothing runs.</summary>
internal sealed partial class SpokenCommands(INodes nodes, ICommandRisk risk)
{
    /// <summary>The rule of the command policy for a program that it does not know: then the words are hardly a command line.</summary>
    private const string UnknownProgram = "unknown-command";
    private const int MaxLineWords = 12;

    // Words that turn a command into something else, or that no program and no service is called.
    private static readonly HashSet<string> NotPlain = new(StringComparer.Ordinal)
    {
        "not", "no", "never", "don't", "dont", "doesn't", "isn't", "won't", "can't", "shouldn't", "without", "unless", "except", "but", "or", "and", "then", "if", "when", "after",
        "before", "until", "while", "because", "than", "maybe", "perhaps", "should", "would", "could", "did", "does", "was", "were", "will", "on", "in", "at", "to", "for", "of", "the", "a", "an",
        "it", "this", "that", "them", "these", "those", "everything", "all", "something", "anything", "nothing", "what", "why", "how", "who", "where", "which",
        "i", "you", "we", "they", "me", "us", "he", "she", "my", "your", "our", "tomorrow", "later", "today", "again", "instead", "service", "services", "server", "servers", "please",
    };

    // Made when the first voice note comes: a gateway without any need not wait for it at its start.
    private readonly Lazy<SpokenGrammar> grammar = new();

    /// <summary>Reads a transcript.</summary>
    public SpokenReading Read(string transcript)
    {
        if (transcript.Length > SpokenWords.MaxLength) return SpokenReading.Talk;
        var words = SpokenWords.WithoutPoliteness(SpokenWords.Read(transcript));
        if (SpokenDecision.IsDecision(words)) return new(SpokenKind.Decision);
        if (SpokenDecision.IsStop(words)) return new(SpokenKind.Stop);

        var known = nodes.All();
        foreach (var (command, slots) in grammar.Value.Readings(words))
            if (Fill(command, slots, known) is { } line) return new(SpokenKind.Command, "/" + line);
        return SpokenReading.Talk;
    }

    private string? Fill(string command, Match slots, IReadOnlyList<NodeInfo> known)
    {
        var line = command;
        if (slots.Groups["on"] is { Success: true } on)
        {
            if (SpokenTargets.Read(on.Value, known) is not { } selector) return null;
            line = line.Replace("{on}", Quoted(selector), StringComparison.Ordinal).Replace("{where}", Quoted(selector), StringComparison.Ordinal);
        }

        if (slots.Groups["node"] is { Success: true } node)
        {
            if (SpokenTargets.OneNode(node.Value, known) is not { } name) return null;
            line = line.Replace("{node}", name, StringComparison.Ordinal);
        }

        if (slots.Groups["service"] is { Success: true } service)
        {
            if (NotPlain.Contains(service.Value) || service.Value.EndsWith("ing", StringComparison.Ordinal)) return null;
            line = line.Replace("{service}", service.Value, StringComparison.Ordinal);
        }

        if (slots.Groups["line"] is { Success: true } words)
        {
            if (CommandLine(words.Value) is not { } commandLine) return null;
            line = line.Replace("{line}", commandLine, StringComparison.Ordinal);
        }

        return line.Replace("{verb}", slots.Groups["verb"].Value, StringComparison.Ordinal);
    }

    // Words alone: nobody speaks a pipe or a quote, so a transcript that holds one is not plain.
    private string? CommandLine(string spoken)
    {
        var words = Dashed(spoken.Split(' '));
        if (words.Count > MaxLineWords || words.Any(w => NotPlain.Contains(w.TrimStart('-')) || !PlainWord().IsMatch(w)) || words[0].StartsWith('-')) return null;
        var line = string.Join(' ', words);
        return risk.Assess(line).Rule == UnknownProgram ? null : line;
    }

    // "df dash h" is df -h.
    private static List<string> Dashed(string[] spoken)
    {
        var words = new List<string>();
        for (var i = 0; i < spoken.Length; i++)
        {
            var dashes = 0;
            while (i < spoken.Length && spoken[i] is "dash" or "minus" && ++dashes > 0) i++;
            if (i < spoken.Length) words.Add(new string('-', dashes) + spoken[i]);
            else words.AddRange(Enumerable.Repeat("dash", dashes));
        }

        return words;
    }

    private static string Quoted(string selector) => selector.Contains(' ', StringComparison.Ordinal) ? $"'{selector}'" : selector;

    [GeneratedRegex(@"^(?:-{0,2}[a-z0-9]|/)[a-z0-9._/=:@%+-]*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PlainWord();
}
