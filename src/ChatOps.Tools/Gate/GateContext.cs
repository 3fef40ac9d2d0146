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

    /// <summary>The steps of a plan; null when it is none.</summary>
    public IReadOnlyList<PlannedCall>? Steps { get; set; }

    /// <summary>The check of a plan; null for none.</summary>
    public PlannedCall? Check { get; set; }

    /// <summary>Whom the strictest step of a plan asks; null when none asks.</summary>
    public ApprovalNeed? PlanNeed { get; set; }

    /// <summary>The plan, and its approval, that this is a step of; null when it stands alone.</summary>
    public string? StepOf { get; init; }

    /// <summary>The change, or the plan, that this looks after; null when it is no check.</summary>
    public string? CheckOf { get; init; }

    /// <summary>All that an approval binds to: the call, and behind it the steps and the check of a plan.</summary>
    public IReadOnlyList<PlanItem> Items => [Item!, .. (Steps ?? []).Select(s => s.Item), .. Check is { } check ? [check.Item] : Array.Empty<PlanItem>()];

    public string PlanHash { get; set; } = "";

    public ApprovalNeed? Need { get; set; }

    /// <summary>The standing grant that stands in for an approval.</summary>
    public StandingGrant? Grant { get; set; }

    /// <summary>The approval that lets it run.</summary>
    public Approval? Approval { get; set; }

    /// <summary>The approval or standing grant of the plan that it is a step of: machines with a policy of their own are told which. Null for what is no step, and for a plan that asked nobody.</summary>
    public string? AllowedBy { get; init; }

    /// <summary>What a process that is gone had begun, and this one follows to its end.</summary>
    public InvocationRow? Earlier { get; init; }

    /// <summary>Whether it has a row in the store and records in the audit.</summary>
    public bool Recorded { get; set; }

    public string? AuditId { get; set; }

    public ToolResult? Result { get; set; }

    public ToolManifest Manifest => Tool!.Manifest;

    public IReadOnlyList<string> TargetNames => Call is null ? [] : Call.Targets.Select(t => t.Name).ToList();

    /// <summary>An answer that it goes on without this process, which ends or stood still for too long: nothing is recorded, and whoever follows it tells its end.</summary>
    public InvocationOutcome Leave() =>
        new(Request.Id, InvocationStatus.Running, "What runs goes on without this gateway, and its end is told by the one that follows it.", ApprovalId: Approval?.Id, AuditId: AuditId) { Risk = Assessment?.Risk, Title = Assessment?.Title };

    /// <summary>An answer that nothing ran.</summary>
    public InvocationOutcome Refuse(FailureCode code, string reason, string? rule = null) =>
        new(Request.Id, InvocationStatus.Refused, reason, Failure: code, Rule: rule, ApprovalId: Approval?.Id) { Risk = Assessment?.Risk, Title = Assessment?.Title };
}
