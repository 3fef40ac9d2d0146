using System.IO.Enumeration;

namespace ChatOps.Fleet;

/// <summary>One condition of a selector; <c>=</c> is <c>in</c> with one pattern.</summary>
internal sealed record SelectorTerm(SelectorOperator Operator, string Key, IReadOnlyList<string> Patterns)
{
    public const string NodeKey = "node";

    public const string GroupKey = "group";

    public bool Matches(NodeInfo node) => Operator switch
    {
        SelectorOperator.All => true,
        SelectorOperator.Drained => node.State == NodeState.Drained,
        SelectorOperator.NotDrained => node.State != NodeState.Drained,
        SelectorOperator.In when Key == GroupKey => node.Groups.Any(g => Patterns.Any(p => Like(p, g))),
        SelectorOperator.NotIn when Key == GroupKey => !node.Groups.Any(g => Patterns.Any(p => Like(p, g))),
        SelectorOperator.In => Value(node) is { } value && Patterns.Any(p => Like(p, value)),
        // As in Kubernetes' selectors, a node without the label is "not in" any list of values.
        SelectorOperator.NotIn => Value(node) is not { } value || !Patterns.Any(p => Like(p, value)),
        _ => false,
    };

    public override string ToString() => Operator switch
    {
        SelectorOperator.All => "all",
        SelectorOperator.Drained => "drained",
        SelectorOperator.NotDrained => "!drained",
        SelectorOperator.In when Patterns.Count == 1 => $"{Key}={Patterns[0]}",
        SelectorOperator.NotIn when Patterns.Count == 1 => $"{Key}!={Patterns[0]}",
        SelectorOperator.In => $"{Key} in ({string.Join(",", Patterns)})",
        _ => $"{Key} notin ({string.Join(",", Patterns)})",
    };

    private static bool Like(string pattern, string value) => pattern.Contains('*', StringComparison.Ordinal)
        ? FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false)
        : pattern == value;

    private string? Value(NodeInfo node) => Key == NodeKey ? node.Name : node.Labels.GetValueOrDefault(Key);
}
