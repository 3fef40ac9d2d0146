using ChatOps.Fleet;

namespace ChatOps.Policy;

/// <summary>The written lists that say when people are asked (workspace/policy.yaml over the built-in rules).</summary>
public interface IApprovalRules
{
    /// <summary>Decides for one invocation.</summary>
    /// <param name="tool">Tool name.</param>
    /// <param name="risk">Its assessed risk.</param>
    /// <param name="targets">The resolved nodes; empty for tools that act on the gateway alone.</param>
    ApprovalNeed Decide(string tool, Risk risk, IReadOnlyList<NodeInfo> targets);

    /// <summary>A short hash of the rules in force, recorded with every approval.</summary>
    string Version { get; }
}
