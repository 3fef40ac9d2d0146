using ChatOps.Approvals;
using ChatOps.Identity;
using ChatOps.Policy;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>What the stages know about one invocation so far.</summary>
internal sealed class GateContext(InvocationRequest request)
{
    public InvocationRequest Request { get; } = request;

    public Principal? Principal { get; set; }

    public ITool? Tool { get; set; }

    public ToolCall? Call { get; set; }

    public ToolAssessment? Assessment { get; set; }

    public PlanItem? Item { get; set; }

    public string PlanHash { get; set; } = "";

    public ApprovalNeed? Need { get; set; }

    /// <summary>The standing grant that stands in for an approval.</summary>
    public StandingGrant? Grant { get; set; }

    /// <summary>The approval that lets it run.</summary>
    public Approval? Approval { get; set; }

    /// <summary>What a process that is gone had begun, and this one follows to its end.</summary>
    public InvocationRow? Earlier { get; init; }

    /// <summary>Whether it has a row in the store and records in the audit.</summary>
    public bool Recorded { get; set; }

    public string? AuditId { get; set; }

    public ToolResult? Result { get; set; }

    public ToolManifest Manifest => Tool!.Manifest;

    public IReadOnlyList<string> TargetNames => Call is null ? [] : Call.Targets.Select(t => t.Name).ToList();

    /// <summary>An answer that nothing ran.</summary>
    public InvocationOutcome Refuse(FailureCode code, string reason, string? rule = null) =>
        new(Request.Id, InvocationStatus.Refused, reason, Failure: code, Rule: rule, ApprovalId: Approval?.Id) { Risk = Assessment?.Risk, Title = Assessment?.Title };
}
