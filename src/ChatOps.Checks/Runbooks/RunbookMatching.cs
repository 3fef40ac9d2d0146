using ChatOps.Fleet;

namespace ChatOps.Checks.Runbooks;

/// <summary>Whether a note is for a finding.</summary>
internal static class RunbookMatching
{
    /// <summary>Whatever is given must fit; of a list, one entry must. A node that is no member any more fits no selector.</summary>
    public static bool Fits(RunbookMatch match, Finding finding, IReadOnlyList<NodeInfo> nodes) =>
        (match.Checks.Count == 0 || match.Checks.Any(p => Pattern(p, finding.Check)))
        && (match.Kinds.Count == 0 || match.Kinds.Contains(finding.Kind))
        && (match.Levels.Count == 0 || match.Levels.Contains(finding.Level))
        && (match.Words.Count == 0 || match.Words.Any(w => Holds(finding.Text, w) || Holds(finding.Evidence, w)))
        && (match.Nodes is not { } selector || OnNodes(selector, finding, nodes));

    /// <summary>How much a note says of what it is for; a name says more than a kind.</summary>
    public static int Exactness(RunbookMatch match) =>
        (match.Checks.Count == 0 ? 0 : match.Checks.All(p => p.Contains('*', StringComparison.Ordinal)) ? 8 : 16)
        + (match.Words.Count > 0 ? 4 : 0) + (match.Nodes is null ? 0 : 3) + (match.Kinds.Count > 0 ? 2 : 0) + (match.Levels.Count > 0 ? 1 : 0);

    private static bool OnNodes(string selector, Finding finding, IReadOnlyList<NodeInfo> nodes) =>
        Selector.TryParse(selector, out var read, out _)
        && finding.Targets.All(t => nodes.FirstOrDefault(n => n.Name == t) is { } node && read.Matches(node));

    private static bool Holds(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    // Linear: each part between stars is looked for behind the one before.
    private static bool Pattern(string pattern, string name)
    {
        var parts = pattern.Split('*');
        if (parts.Length == 1) return pattern == name;
        if (!name.StartsWith(parts[0], StringComparison.Ordinal)) return false;
        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            var found = name.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + part.Length;
        }

        return name.Length - at >= parts[^1].Length && name.EndsWith(parts[^1], StringComparison.Ordinal);
    }
}
