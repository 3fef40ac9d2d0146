using ChatOps.Fleet;

namespace ChatOps.Tools.Nodes;

/// <summary>The nodes that a filter shows. A filter that asks for what does not exist is answered with what does, never with an empty list.</summary>
/// <param name="All">Every node there is.</param>
/// <param name="Shown">Those that the filter means; all without one.</param>
/// <param name="Refusal">Why nothing is shown, with what there is; null when the filter is good.</param>
internal sealed record ChosenNodes(IReadOnlyList<NodeInfo> All, IReadOnlyList<NodeInfo> Shown, ToolResult? Refusal)
{
    /// <param name="nodes">The fleet.</param>
    /// <param name="filter">A selector; null for all nodes.</param>
    public static ChosenNodes Of(INodes nodes, string? filter)
    {
        var all = nodes.All();
        if (filter is null) return new(all, all, null);
        if (!Selector.TryParse(filter, out var selector, out var error)) return new(all, [], ToolAnswer.Failed(FailureCode.BadArguments, error));
        return selector.Unknown(all, nodes.Groups) is { } unknown
            ? new(all, [], ToolAnswer.Failed(FailureCode.NoTargets, unknown))
            : new(all, selector.Of(all), null);
    }
}
