using ChatOps.Configuration;

namespace ChatOps.Fleet;

/// <summary>Says what a selector asks for that does not exist, and what there is. A pattern, or what a node must not be, is never a slip.</summary>
internal static class SelectorAdvice
{
    private const int Shown = 8;

    public static string? Unknown(IReadOnlyList<SelectorTerm> terms, IReadOnlyList<NodeInfo> nodes, IReadOnlyCollection<string> groups)
    {
        foreach (var term in terms)
        {
            // Not even what must not be may be a group that nobody wrote: it would quietly exclude nothing.
            if (term.Key == SelectorTerm.GroupKey && Missing(term, groups) is { } group)
                return groups.Count == 0 ? $"There is no group '{group}': no group is written in access.yaml." : $"There is no group '{group}'. {Known("Groups", group, groups)}";
            if (term.Operator != SelectorOperator.In || term.Key == SelectorTerm.GroupKey) continue;
            if (term.Key == SelectorTerm.NodeKey)
            {
                List<string> names = [.. nodes.Select(n => n.Name)];
                if (Missing(term, names) is { } name) return $"There is no node '{name}'. {Known("Nodes", name, names)}";
                continue;
            }

            List<string> keys = [.. nodes.SelectMany(n => n.Labels.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            if (!keys.Contains(term.Key)) return keys.Count == 0 ? $"No node has a label '{term.Key}', or any other." : $"No node has a label '{term.Key}'. {Known("Labels", term.Key, keys)}";
            List<string> values = [.. nodes.Select(n => n.Labels.GetValueOrDefault(term.Key)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            if (Missing(term, values) is { } value) return $"No node has {term.Key}={value}. {Known($"Values of {term.Key}", value, values)}";
        }

        return null;
    }

    private static string? Missing(SelectorTerm term, IReadOnlyCollection<string> known) =>
        term.Patterns.FirstOrDefault(p => !p.Contains('*', StringComparison.Ordinal) && !known.Contains(p, StringComparer.Ordinal));

    private static string Known(string what, string wanted, IReadOnlyCollection<string> known) =>
        (NearestName.Of(wanted, known) is { } near ? $"Did you mean '{near}'? " : "")
        + $"{what}: {string.Join(", ", known.Take(Shown))}{(known.Count > Shown ? $" and {known.Count - Shown} more" : "")}.";
}
