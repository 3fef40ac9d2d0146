using ChatOps.Checks.Files;
using ChatOps.Checks.States;
using ChatOps.Fleet;
using ChatOps.Tools;

namespace ChatOps.Checks.Probes;

/// <summary>
/// Looks at nodes with commands that only read, through the gate as the service <c>checks</c>: authorised, judged and recorded like everybody's. One call for all nodes of a
/// check.
/// </summary>
internal sealed class NodeProbe(Lazy<IToolInvoker> invoker, INodes nodes, IIdGenerator ids, TimeProvider time) : IProbe
{
    private const int MaxEvidence = 1500;

    public bool Takes(CheckDefinition check) => NodeReadings.Of(check.Kind) is not null && (check.Kind != CheckKind.Certificate || check.Text("path") is not null);

    public async Task<IReadOnlyList<Observation>> LookAsync(CheckDefinition check, CancellationToken cancellationToken)
    {
        var reading = NodeReadings.Of(check.Kind)!;
        // No node, nothing to look at: a selector may mean nodes that are still to join.
        if (check.On is not { } on || on.Of(nodes.All()).Count == 0) return [];
        var request = new InvocationRequest(ids.NewId(), CheckService.Actor, CheckService.ProbeTool, new Dictionary<string, string>
        {
            ["command_line"] = reading.Line(check),
            ["on"] = on.ToString(),
            ["timeout"] = $"{Math.Max(1, (int)check.Timeout.TotalSeconds)}s",
        }, CheckService.Source) { IsNew = true };
        var outcome = await invoker.Value.InvokeAsync(request, NoProgress.Instance, cancellationToken);
        if (outcome.Result is not { } result || outcome.Status is InvocationStatus.Refused or InvocationStatus.Waiting)
            return [.. on.Of(nodes.All()).Select(n => Observation.Unknown(n.Name, $"It could not be looked at: {outcome.Summary}") with { Transient = outcome.Failure == FailureCode.StoreUnavailable })];
        return [.. Json.Read<NodeAnswers>(result.DataJson).Nodes.Select(answer => Judge(check, reading, answer))];
    }

    private Observation Judge(CheckDefinition check, NodeReading reading, NodeAnswer answer)
    {
        if (answer.IsAway) return Observation.Unknown(answer.Node, answer.Message ?? "The node cannot be reached.") with { Away = true };
        if (answer.End != ExecutionEnd.Exited) return Observation.Unknown(answer.Node, answer.Message ?? "The command did not end.");
        var found = reading.Judge(new NodeLook(check, answer, time.GetUtcNow()));
        return found.Evidence.Length <= MaxEvidence ? found : found with { Evidence = found.Evidence[..MaxEvidence] + "…" };
    }
}
