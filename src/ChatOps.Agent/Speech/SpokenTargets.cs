using ChatOps.Fleet;

namespace ChatOps.Agent.Speech;

/// <summary>
/// Reads where something is meant to happen: "web one", "the web servers", "the production databases", "all machines". Only names and labels that exist count,
/// and only when they can mean one thing.
/// </summary>
internal static class SpokenTargets
{
    private const int MaxNodes = 20;
    private const int MaxLabels = 3;

    private static readonly HashSet<string> Plural = new(StringComparer.Ordinal) { "nodes", "servers", "machines", "hosts", "boxes", "computers" };
    private static readonly HashSet<string> Singular = new(StringComparer.Ordinal) { "node", "server", "machine", "host", "box", "computer" };
    private static readonly HashSet<string> Everything = new(StringComparer.Ordinal) { "everything", "everywhere", "the whole fleet", "the fleet", "all" };

    // What people say for what they write in labels.
    private static readonly string[][] Same =
    [
        ["prod", "production"], ["stage", "staging"], ["dev", "development"], ["test", "testing"], ["db", "database", "databases"], ["lb", "load balancer", "load balancers"], ["web", "webservers", "webserver"],
    ];

    /// <summary>The selector that is plainly meant; null when none is.</summary>
    /// <param name="spoken">The words after "on".</param>
    /// <param name="nodes">The nodes there are.</param>
    public static string? Read(string spoken, IReadOnlyList<NodeInfo> nodes)
    {
        var words = spoken.Trim();
        if (words.Length == 0 || nodes.Count == 0) return null;
        if (Everything.Contains(words)) return "all";
        return OneNode(words, nodes) ?? Labels(words, nodes) ?? SeveralNodes(words, nodes);
    }

    /// <summary>The one node that is meant; null when none or several could be.</summary>
    public static string? OneNode(string spoken, IReadOnlyList<NodeInfo> nodes)
    {
        var words = WithoutArticle(spoken.Trim());
        var first = words.Split(' ')[0];
        if (Singular.Contains(first)) words = words[first.Length..].TrimStart();
        return Named(words, nodes) ?? (LastWord(words) is var (rest, last) && Singular.Contains(last) ? Named(rest, nodes) : null);
    }

    private static string? Named(string words, IReadOnlyList<NodeInfo> nodes)
    {
        var key = SpokenName.Key(words);
        if (key.Length == 0) return null;
        var whole = nodes.Where(n => SpokenName.Key(n.Name) == key).ToList();
        if (whole.Count == 0) whole = nodes.Where(n => n.Name.Contains('.', StringComparison.Ordinal) && SpokenName.Key(n.Name.Split('.')[0]) == key).ToList();
        return whole is [var node] ? node.Name : null;
    }

    private static string? SeveralNodes(string words, IReadOnlyList<NodeInfo> nodes)
    {
        var parts = words.Replace(" , and ", " and ", StringComparison.Ordinal).Replace(" , ", " and ", StringComparison.Ordinal).Split(" and ");
        if (parts.Length is < 2 or > MaxNodes) return null;
        var names = parts.Select(p => OneNode(p, nodes)).ToList();
        return names.Contains(null) ? null : $"node in ({string.Join(',', names.Distinct(StringComparer.Ordinal))})";
    }

    // "all the production web servers", "the web servers in production", "all machines"
    private static string? Labels(string words, IReadOnlyList<NodeInfo> nodes)
    {
        var rest = words;
        foreach (var quantity in (string[])["all of ", "all ", "every ", "each "])
        {
            if (!rest.StartsWith(quantity, StringComparison.Ordinal)) continue;
            rest = rest[quantity.Length..];
            break;
        }

        var counted = rest.Length < words.Length;
        rest = WithoutArticle(rest);
        var place = "";
        if (rest.IndexOf(" in ", StringComparison.Ordinal) is var at and > 0) (rest, place) = (rest[..at], WithoutArticle(rest[(at + 4)..]));
        var single = false;
        var generic = false;
        var (head, last) = LastWord(rest);
        if (Plural.Contains(last) || Singular.Contains(last))
        {
            (rest, generic) = (head, true);
            single = Singular.Contains(last) && !counted;
        }

        if (rest.Length == 0 && place.Length == 0) return counted && generic ? "all" : null;
        // "web" alone could be a service or a place; the noun, or a plural of its own ("the databases"), makes it the machines.
        if (!generic && !counted && !Same.Any(s => s.Contains(rest) && rest.EndsWith('s'))) return null;
        return Terms(rest, place, nodes) is not { } terms ? null
            : !single ? terms
            : Selector.TryParse(terms, out var selector, out _) && selector.Of(nodes) is [var only] ? only.Name : null;
    }

    private static string? Terms(string described, string place, IReadOnlyList<NodeInfo> nodes)
    {
        var words = (described + " " + place).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > MaxLabels) return null;
        var terms = words.Select(w => Label(w, nodes)).ToList();
        if (words.Length == 2 && terms.Contains(null) && nodes.Any(n => n.Labels.GetValueOrDefault(words[0]) is { } value && Means(words[1], value)))
            return $"{words[0]}={nodes.Select(n => n.Labels.GetValueOrDefault(words[0])).First(v => v is not null && Means(words[1], v))}";
        if (!terms.Contains(null)) return string.Join(',', terms.Distinct(StringComparer.Ordinal));
        return words.Length == 1 && !nodes.SelectMany(n => n.Labels).Any(l => Means(words[0], l.Value)) && nodes.Any(n => n.Name.StartsWith(words[0] + "-", StringComparison.Ordinal)) && words[0].All(char.IsAsciiLetterOrDigit)
            ? $"node={words[0]}-*"
            : null;
    }

    private static string? Label(string word, IReadOnlyList<NodeInfo> nodes) =>
        nodes.SelectMany(n => n.Labels).Where(l => Means(word, l.Value)).Select(l => $"{l.Key}={l.Value}").Distinct(StringComparer.Ordinal).ToList() is [var term] ? term : null;

    private static bool Means(string word, string value) =>
        string.Equals(word, value, StringComparison.OrdinalIgnoreCase) || Same.Any(s => s.Contains(word) && s.Contains(value, StringComparer.OrdinalIgnoreCase));

    private static string WithoutArticle(string words) =>
        words.StartsWith("the ", StringComparison.Ordinal) ? words[4..] : words.StartsWith("our ", StringComparison.Ordinal) ? words[4..] : words;

    private static (string Head, string Last) LastWord(string words) =>
        words.LastIndexOf(' ') is var at and > 0 ? (words[..at], words[(at + 1)..]) : ("", words);
}
