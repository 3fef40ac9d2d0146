using ChatOps.Agent.Commands;
using ChatOps.Configuration;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Agent.Turns;

/// <summary>Answers free text without a model: says so, and names the closest command that the person could use.</summary>
internal sealed class CommandHint(ChatCommandLine grammar, VisibleCommands visible) 
{
    private const int MaxWords = 40;
    private const int ShortestWord = 3;
    private const int CommandWeight = 3;

    /// <summary>The answer to a turn.</summary>
    public RichMessage Answer(Turn turn, Principal principal) => Answer(turn.Item.Text, visible.For(principal));

    /// <summary>The answer to a text.</summary>
    public RichMessage Answer(string text, IReadOnlyList<ToolManifest> manifests)
    {
        const string NoModel = "No language model is set up here, so I understand commands only.";
        var hint = AsTyped(text, manifests) ?? Closest(text, manifests);
        return RichMessage.Text(hint is null ? $"{NoModel} `/help` lists them." : $"{NoModel} {hint} `/help` lists all commands.");
    }

    // "run uptime on local", "status": a command without its slash.
    private string? AsTyped(string text, IReadOnlyList<ToolManifest> manifests)
    {
        var parsed = grammar.Parse(text = OnAsOption(text));
        if (parsed.Tool is not { } tool || !manifests.Contains(tool)) return null;
        return parsed.Understood
            ? $"Commands start with a slash: {Code("/" + text.Trim())}."
            : $"Did you mean {Code("/" + CommandUsage.Line(tool))}?";
    }

    // "run uptime on local" says where in words.
    private static string OnAsOption(string text)
    {
        const string On = " on ";
        var at = text.LastIndexOf(On, StringComparison.OrdinalIgnoreCase);
        return at < 0 || text.Contains(" --on", StringComparison.Ordinal) || !Selector.TryParse(text[(at + On.Length)..], out _, out _)
            ? text
            : string.Concat(text.AsSpan(0, at), " --on ", text.AsSpan(at + On.Length));
    }

    private static string? Closest(string text, IReadOnlyList<ToolManifest> manifests)
    {
        var words = Words(text).Take(MaxWords).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (words.Count == 0) return null;
        var best = manifests.Select(m => (Manifest: m, Score: Score(m, words))).Where(s => s.Score > 0).OrderByDescending(s => s.Score).FirstOrDefault().Manifest
            ?? Near(words.First(), manifests);
        return best is null ? null : $"The closest is {Code("/" + CommandUsage.Line(best))}: {PlainText.Escape(best.Summary)}";
    }

    private static int Score(ToolManifest manifest, HashSet<string> words)
    {
        var own = manifest.Commands.SelectMany(c => c.Split(' ')).Append(manifest.Group).Append(manifest.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var about = Words(manifest.Summary).Concat(manifest.Examples.SelectMany(Words)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return words.Sum(w => own.Any(o => Same(o, w)) ? CommandWeight : about.Contains(w) ? 1 : 0);
    }

    private static ToolManifest? Near(string word, IReadOnlyList<ToolManifest> manifests)
    {
        var near = NearestName.Of(word, manifests.SelectMany(m => m.Commands));
        return near is null ? null : manifests.First(m => m.Commands.Contains(near));
    }

    // "approvals" and "approval" are the same word here.
    private static bool Same(string a, string b) => string.Equals(a.TrimEnd('s'), b.TrimEnd('s'), StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Words(string text) =>
        text.Split([' ', '\t', '\n', '\r', ',', '.', ';', ':', '?', '!', '(', ')', '"', '\'', '/'], StringSplitOptions.RemoveEmptyEntries)
            .Where(w => w.Length >= ShortestWord && !StopWords.Contains(w));

    private static readonly HashSet<string> StopWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "the", "and", "for", "with", "that", "this", "what", "who", "how", "are", "was", "you", "your", "can", "could", "would", "please", "which", "where", "when", "why",
        "all", "any", "has", "have", "not", "from", "its", "his", "her", "out", "one", "did", "does", "show", "tell", "give", "make", "want", "need", "let",
    };

    private static string Code(string text) => $"`{text.ReplaceLineEndings(" ").Replace('`', '\'')}`";
}
