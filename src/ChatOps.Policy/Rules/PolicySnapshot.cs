using ChatOps.Policy.Commands.Knowledge;

namespace ChatOps.Policy.Rules;

/// <summary>One version of everything that decides. Immutable; replaced as a whole.</summary>
/// <param name="Knowledge">What is known of commands and paths.</param>
/// <param name="Approvals">The operator's rules, in the order of the file.</param>
/// <param name="Version">A short hash of both.</param>
internal sealed record PolicySnapshot(KnowledgeBase Knowledge, IReadOnlyList<ApprovalRule> Approvals, string Version)
{
    /// <summary>The groups of nodes that its rules name.</summary>
    public IReadOnlyList<GroupUse> Groups { get; init; } = [];

    /// <summary>The risks of tools of other programs' servers, by name.</summary>
    public IReadOnlyDictionary<string, (Risk Risk, string Place)> Outside { get; init; } = new Dictionary<string, (Risk, string)>();
}
