using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>Values that a parameter could have, from what the gateway knows now. Cheap: it is called at every key.</summary>
internal sealed class CompletionValues(INodes nodes, IPrincipals principals, IAuthorizer authorizer)
{
    /// <summary>Candidates for a value, each with a line about it.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="typed">What is typed of the value.</param>
    /// <param name="visible">The commands that may be named.</param>
    public IEnumerable<(string Value, string Help)> For(ToolParameter parameter, string typed, IReadOnlyList<ToolManifest> visible) => parameter.Kind switch
    {
        ParameterKind.Choice => parameter.Choices!.Select(c => (c, parameter.Description)),
        ParameterKind.Selector => Selectors(typed),
        ParameterKind.Text => parameter.Name switch
        {
            "node" => Nodes(),
            "tag" => Labels(),
            "env" => Labels().Where(l => l.Value.StartsWith("env=", StringComparison.Ordinal)).Select(l => (l.Value["env=".Length..], l.Help)),
            "tool" => visible.Where(m => m.Group != BuiltInCommands.Group).Select(m => (m.Name, m.Summary)),
            "person" or "user" => principals.All().Select(p => (p.Id, p.DisplayName)),
            "role" => authorizer.Roles().Select(r => (r.Name, r.Description)),
            _ => [],
        },
        _ => [],
    };

    // The last term of a selector is completed; the terms before it stay.
    private IEnumerable<(string Value, string Help)> Selectors(string typed)
    {
        var before = typed[..(typed.LastIndexOf(',') + 1)];
        var terms = Nodes().Concat(Labels()).Concat(Groups());
        if (before.Length == 0) terms = terms.Append(("all", "Every node."));
        return terms.Select(t => (before + t.Value, t.Help));
    }

    private IEnumerable<(string Value, string Help)> Nodes() => nodes.All().Select(n => (n.Name, Describe(n)));

    private IEnumerable<(string Value, string Help)> Groups()
    {
        var all = nodes.All();
        return nodes.Groups.Order(StringComparer.Ordinal).Select(g => ("@" + g, all.Count(n => n.Groups.Contains(g)) is var count && count == 1 ? "1 node" : $"{count} nodes"));
    }

    private IEnumerable<(string Value, string Help)> Labels() =>
        nodes.All().SelectMany(n => n.Labels).GroupBy(l => $"{l.Key}={l.Value}").OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, g.Count() == 1 ? "1 node" : $"{g.Count()} nodes"));

    private static string Describe(NodeInfo node) =>
        string.Join(", ", node.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}").Prepend(node.State.ToString().ToLowerInvariant()));
}
