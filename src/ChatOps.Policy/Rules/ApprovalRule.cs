using ChatOps.Fleet;

namespace ChatOps.Policy.Rules;

/// <summary>One rule of <c>approvals:</c> in policy.yaml.</summary>
/// <param name="Place">Where it is written: <c>policy.yaml:12</c>.</param>
/// <param name="Tool">Tool name, or null for all.</param>
/// <param name="Risks">Risks it is about; empty for all that can run.</param>
/// <param name="On">Which nodes, or null for all.</param>
/// <param name="Asks">True: it asks. False: nothing changes whether it asks. A deny rule makes it unanswerable.</param>
/// <param name="Votes">How many people; null leaves what holds without the rule.</param>
/// <param name="Roles">Who may vote; empty leaves what holds without the rule.</param>
/// <param name="Standing">Whether a standing permission may be offered; null leaves what holds without the rule.</param>
internal sealed record ApprovalRule(
    string Place, string? Tool, IReadOnlyList<Risk> Risks, Selector? On, bool Asks, int? Votes, IReadOnlyList<string> Roles, bool? Standing)
{
    /// <summary>
    /// Whether the rule is about an invocation. With several targets one that matches is enough: the whole plan asks as its strictest part does. A rule
    /// with a selector says nothing about tools that have no targets.
    /// </summary>
    public bool Matches(string tool, Risk risk, IReadOnlyList<NodeInfo> targets) =>
        (Tool is null || Tool == tool) && (Risks.Count == 0 || Risks.Contains(risk)) && (On is null || targets.Any(On.Matches));
}
