using ChatOps.Fleet;

namespace ChatOps.Console.Nodes;

/// <summary>What the nodes page shows.</summary>
/// <param name="Selector">The selector as typed.</param>
/// <param name="Error">What is wrong with it.</param>
/// <param name="Nodes">This part of the matching nodes.</param>
/// <param name="Matching">How many match.</param>
/// <param name="All">How many there are.</param>
/// <param name="Next">The name to go on after; null at the end.</param>
/// <param name="Busy">Nodes where something runs now.</param>
public sealed record NodesView(
    string? Selector, string? Error, IReadOnlyList<NodeInfo> Nodes, int Matching, int All, string? Next, IReadOnlySet<string> Busy)
{
    /// <summary>Whether this person may drain nodes and take them back in.</summary>
    public bool MayDrain { get; init; }
}
