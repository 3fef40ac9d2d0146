using System.Diagnostics.CodeAnalysis;

namespace ChatOps.Fleet;

/// <summary>
/// Which nodes. One grammar everywhere: terms joined by commas, all must hold. A term is <c>all</c>, a node name or name pattern
/// (<c>web-1</c>, <c>web-*</c>), <c>node=PATTERN</c>, <c>key=PATTERN</c>, <c>key!=PATTERN</c>, <c>key in (a,b)</c>,
/// <c>key notin (a,b)</c>, <c>@group</c> or <c>group=PATTERN</c> for a named group, <c>drained</c> or <c>!drained</c>. In a pattern <c>*</c> stands for any run of characters; a key is never a pattern.
/// Names of nodes are lower case.
/// </summary>
public sealed class Selector : IEquatable<Selector>
{
    /// <summary>Longest selector, in characters.</summary>
    public const int MaxLength = 1024;

    private readonly IReadOnlyList<SelectorTerm> terms;

    internal Selector(IReadOnlyList<SelectorTerm> terms) => this.terms = terms;

    /// <summary>Whether it is <c>all</c> and nothing else: every node there is or will be.</summary>
    public bool IsAll => terms.All(term => term.Operator == SelectorOperator.All);

    /// <summary>The groups that it names, without patterns.</summary>
    public IReadOnlyList<string> NamedGroups => [.. terms.Where(t => t.Key == SelectorTerm.GroupKey).SelectMany(t => t.Patterns).Where(p => !p.Contains('*', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether it names groups at all.</summary>
    public bool UsesGroups => terms.Any(t => t.Key == SelectorTerm.GroupKey);

    /// <summary>What it asks for that does not exist: a node, a group, a label or a label's value; with what there is.</summary>
    /// <param name="nodes">All nodes.</param>
    /// <param name="groups">All groups.</param>
    /// <returns>One sentence or two, for people; <see langword="null"/> when all of it exists.</returns>
    public string? Unknown(IReadOnlyList<NodeInfo> nodes, IReadOnlyCollection<string> groups) => SelectorAdvice.Unknown(terms, nodes, groups);

    /// <summary>Whether it is the name of one node and nothing else, so that it never means more.</summary>
    public bool NamesOneNode => terms is [{ Operator: SelectorOperator.In, Key: SelectorTerm.NodeKey, Patterns: [var only] }] && !only.Contains('*', StringComparison.Ordinal);

    /// <summary>Reads a selector.</summary>
    /// <param name="text">The text.</param>
    /// <param name="selector">The result.</param>
    /// <param name="error">What is wrong and what would be right, for people.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Selector? selector, [NotNullWhen(false)] out string? error) =>
        SelectorParser.TryParse(text, out selector, out error);

    /// <summary>Whether a node is meant.</summary>
    public bool Matches(NodeInfo node) => terms.All(term => term.Matches(node));

    /// <summary>The nodes that are meant, in the given order.</summary>
    public IReadOnlyList<NodeInfo> Of(IEnumerable<NodeInfo> nodes) => nodes.Where(Matches).ToList();

    /// <summary>The canonical form: parses to the same selector.</summary>
    public override string ToString() => string.Join(",", terms);

    /// <summary>Whether both are written the same in canonical form.</summary>
    public bool Equals(Selector? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Selector);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
