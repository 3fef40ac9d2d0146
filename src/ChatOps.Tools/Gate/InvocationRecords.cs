using System.Globalization;
using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>Writes what the gate knows about an invocation into the store and the audit.</summary>
internal sealed class InvocationRecords(IAuditWriter audit, IIdGenerator ids, ToolsOptions options, TimeProvider time)
{
    /// <summary>This process; what another holder left running has no one to end it.</summary>
    public string Holder { get; } = options.HolderPrefix + ids.NewId();

    /// <summary>Whether this process still runs it: none that took it for dead has taken it over or ended it.</summary>
    public bool IsOurs(InvocationRow row) => row.Status == InvocationStatus.Running && row.Holder == Holder;

    /// <summary>Adds the invocation's row.</summary>
    /// <exception cref="DuplicateInvocationException">The id or the idempotency key is there already.</exception>
    public void Add(IStoreSession session, GateContext context, InvocationStatus status, string? approvalId, string? intentAuditId, InvocationOutcome? outcome)
    {
        var now = time.GetUtcNow();
        var request = context.Request;
        var row = new InvocationRow(
            request.Id, request.IdempotencyKey, request.Tool, context.Call?.Arguments.Json ?? "{}", context.PlanHash, context.TargetNames,
            context.Principal?.Id ?? request.Actor.Key, request.Actor.Key, request.Conversation?.Id, request.InboxId, request.Source, status, approvalId,
            status == InvocationStatus.Running ? Holder : null, intentAuditId, outcome is null ? null : Json.Write(outcome), now, outcome is null ? null : now)
        {
            TaintedBy = request.TaintedBy,
        };
        if (!session.Invocations.Add(row)) throw new DuplicateInvocationException();
    }

    public bool Finish(IStoreSession session, InvocationStatus from, InvocationOutcome outcome) => session.Invocations.CompareAndSet(
        outcome.InvocationId, from, outcome.Status, null, outcome.ApprovalId, null, Json.Write(outcome), time.GetUtcNow());

    public string Intent(IStoreSession session, GateContext context)
    {
        var item = context.Item!;
        var detail = new Dictionary<string, string>
        {
            ["arguments"] = item.ArgumentsJson,
            ["preview"] = item.Preview,
            ["plan"] = context.PlanHash,
            ["source"] = context.Request.Source,
        };
        foreach (var (label, value) in item.RunsAs) detail[label.ToLowerInvariant()] = value;
        if (context.StepOf is { } plan) detail["step of"] = plan;
        if (context.CheckOf is { } change) detail["check of"] = change;
        if (context.Request.TaintedBy is { } source) detail["after reading"] = source;
        if (context.Grant is { } grant) detail["grant"] = grant.Id;
        if (context.Approval is { } approval)
            detail["approved by"] = string.Join(", ", approval.Votes.Where(v => v.Approves).Select(v => v.Principal));
        return audit.Append(session, Entry(context, AuditKind.Intent, item.Title, null, detail));
    }

    public string Outcome(IStoreSession session, GateContext context, InvocationOutcome outcome) =>
        audit.Append(session, Entry(context, AuditKind.Outcome, outcome.Summary, Word(outcome.Status), OutcomeDetail(context, outcome)));

    private static Dictionary<string, string> OutcomeDetail(GateContext context, InvocationOutcome outcome)
    {
        var detail = new Dictionary<string, string> { ["title"] = context.Item!.Title, ["intent"] = context.AuditId ?? "" };
        if (outcome.Result?.Check is { } check) detail["check"] = $"{check.Verdict.ToString().ToLowerInvariant()}: {check.Text}";
        if (outcome.Failure != FailureCode.None) detail["failure"] = outcome.Failure.ToString();
        return detail;
    }

    public string Refusal(IStoreSession session, GateContext context, InvocationOutcome outcome) =>
        audit.Append(session, Entry(context, AuditKind.Refusal, outcome.Summary, "refused", new Dictionary<string, string>
        {
            ["failure"] = outcome.Failure.ToString(),
            ["preview"] = context.Assessment?.Preview ?? "",
            ["source"] = context.Request.Source,
        }) with { Rule = outcome.Rule });

    /// <summary>How an approval ends when its invocation ends so.</summary>
    public ApprovalState StateOf(InvocationStatus status) => status switch
    {
        InvocationStatus.Done => ApprovalState.Succeeded,
        InvocationStatus.Partial => ApprovalState.Partial,
        InvocationStatus.Refused => ApprovalState.Cancelled,
        InvocationStatus.Failed => ApprovalState.Failed,
        _ => ApprovalState.Unknown,
    };

    private static AuditEntry Entry(GateContext context, AuditKind kind, string summary, string? outcome, Dictionary<string, string> detail) => new(kind, summary)
    {
        Principal = context.Principal?.Id ?? "unknown",
        ActorKey = context.Request.Actor.Key,
        ConversationId = context.Request.Conversation?.Id,
        InvocationId = context.Request.Id,
        ApprovalId = context.Approval?.Id,
        Tool = context.Request.Tool,
        Nodes = context.TargetNames,
        Risk = context.Assessment?.Risk,
        Rule = context.Assessment?.Rule,
        Outcome = outcome,
        Detail = detail,
    };

    private static string Word(InvocationStatus status) => status.ToString().ToLower(CultureInfo.InvariantCulture);
}
