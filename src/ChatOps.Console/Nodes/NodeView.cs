using ChatOps.Console.Chat;
using ChatOps.Fleet;
using ChatOps.Storage;

namespace ChatOps.Console.Nodes;

/// <summary>What a node's page shows.</summary>
/// <param name="Node">The node.</param>
/// <param name="Recent">What ran there last.</param>
/// <param name="Chat">This person's conversation about it.</param>
/// <param name="WhyNotRun">Why this person may not run anything there; null when they may.</param>
public sealed record NodeView(NodeInfo Node, IReadOnlyList<InvocationRow> Recent, ChatView Chat, string? WhyNotRun)
{
    /// <summary>Whether this person may drain it and take it back in.</summary>
    public bool MayDrain { get; init; }
}
