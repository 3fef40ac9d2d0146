using ChatOps.Policy;

namespace ChatOps.Tools;

/// <summary>What a tool says about a call before anything happens.</summary>
/// <param name="Risk">How risky.</param>
/// <param name="Rule">Stable id of the rule behind it.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Title">Action and scope, the first line of a card.</param>
/// <param name="Preview">Exactly what will run.</param>
/// <param name="RunsAs">User, directory, timeout, labelled; bound by the approval too.</param>
public sealed record ToolAssessment(
    Risk Risk, string Rule, string Reason, string Title, string Preview, IReadOnlyDictionary<string, string> RunsAs)
{
    /// <summary>Whether this call is itself a person's decision, as <see cref="ToolManifest.NeverAsks"/> says it of a whole tool.</summary>
    public bool NeverAsks { get; init; }

    /// <summary>
    /// Whether this call is left out of the audit as long as it only reads: what the gateway's own checks look at every minute would drown the record, and what they find is
    /// recorded. Never for what a person or a model asks.
    /// </summary>
    public bool Unrecorded { get; init; }

    /// <summary>Why the call makes no sense as it is (a file that does not exist, a relative directory); it is then refused with this sentence and nobody is asked.</summary>
    public string? Problem { get; init; }
}
