using System.Diagnostics;
using System.Diagnostics.Metrics;
using ChatOps.Diagnostics;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>What passes the gate, as numbers and as spans.</summary>
internal sealed class InvocationTelemetry
{
    private const string NoTool = "unknown";
    private readonly IStore store;
    private readonly Counter<long> ended;
    private readonly Histogram<double> duration;

    public InvocationTelemetry(IStore store, IMeterFactory meters)
    {
        this.store = store;
        var meter = meters.Create("ChatOps");
        ended = meter.CreateCounter<long>("chatops.invocations", "{invocation}", "Answers of the gate, by tool, status and who asked. One that waited for people is counted as waiting and again when it ends.");
        duration = meter.CreateHistogram<double>("chatops.invocation.duration", "s", "From the request, or the decision that let it run, to its recorded outcome, by tool.");
    }

    /// <summary>A new request: part of what is under way.</summary>
    public static Activity? Begin() => Tracing.Step("invoke");

    /// <summary>One that goes on later: part of the message that led to it.</summary>
    /// <param name="trace">That message's span; see <see cref="TraceAsync"/>. A span that is begun in a task of its own would end with it, so the two are apart.</param>
    public static Activity? Resume(string? trace) => Tracing.Follow("invoke", ActivityKind.Consumer, trace);

    /// <summary>The span of the message that led to an invocation; null for none.</summary>
    public async Task<string?> TraceAsync(InvocationRow row, CancellationToken cancellationToken) =>
        Tracing.IsOn && row.InboxId is { } id ? (await store.ReadAsync(s => s.Inbox.Find(id), cancellationToken))?.Context.Trace : null;

    /// <summary>It was answered.</summary>
    public void Answered(GateContext context, InvocationOutcome outcome, Activity? span, TimeSpan took)
    {
        // A name that nobody registered comes from outside: it must not become a label of its own.
        var tool = new KeyValuePair<string, object?>("tool", context.Tool is { } known ? known.Manifest.Name : NoTool);
        var status = outcome.Status.ToString().ToLowerInvariant();
        ended.Add(1, tool, new("status", status), new("source", context.Request.Source));
        if (outcome.Status is not (InvocationStatus.Refused or InvocationStatus.Waiting)) duration.Record(took.TotalSeconds, tool);
        if (span is null) return;
        span.SetTag("chatops.tool", tool.Value).SetTag("chatops.invocation.id", outcome.InvocationId).SetTag("chatops.status", status).SetTag("chatops.source", context.Request.Source)
            .SetTag("chatops.principal", context.Principal?.Id).SetTag("chatops.risk", outcome.Risk?.ToString().ToLowerInvariant()).SetTag("chatops.approval.id", outcome.ApprovalId)
            .SetTag("chatops.audit.id", outcome.AuditId);
        if (outcome.Status is InvocationStatus.Failed or InvocationStatus.Unknown) span.SetStatus(ActivityStatusCode.Error, outcome.Failure.ToString());
    }
}
