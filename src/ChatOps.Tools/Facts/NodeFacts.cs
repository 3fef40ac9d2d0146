using ChatOps.Fleet;

namespace ChatOps.Tools.Facts;

/// <summary>What is known of one node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Facts">Its facts; none when it could not be asked.</param>
/// <param name="Problem">Why they are missing or old, for people.</param>
internal sealed record NodeFacts(NodeInfo Node, IReadOnlyDictionary<string, string> Facts, string? Problem)
{
    /// <summary>One of them, or nothing.</summary>
    public string Fact(string name) => Facts.GetValueOrDefault(name, "");
}
