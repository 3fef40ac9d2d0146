using ChatOps.Checks;

namespace ChatOps.Tools.Runbooks;

/// <summary>Takes a person's decision about the trust of a runbook note.</summary>
internal sealed partial class RunbookTrustTool(IRunbooks runbooks) : ITool
{
    private const int MaxReason = 200;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Change(
        "runbook.trust", "It decides what may run without a person.", $"Set the trust of the runbook note {call.Arguments.Required("name")} to {call.Arguments.Required("level")}",
        $"runbook trust {call.Arguments.Required("name")} {call.Arguments.Required("level")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var reason = call.Arguments.Text("reason") ?? "";
        if (reason.Length > MaxReason) return ToolAnswer.Refused(FailureCode.BadArguments, $"The reason has more than {MaxReason} characters.");
        var name = call.Arguments.Required("name");
        var decision = await runbooks.TrustAsync(name, Enum.Parse<RunbookTrust>(call.Arguments.Required("level"), ignoreCase: true), call.Principal.Id, reason, cancellationToken);
        if (decision.State is null) return RunbookText.Missing(await runbooks.ListAsync(cancellationToken), name);
        return decision.Done ? ToolAnswer.Done(decision.Text, RunbookText.Data(decision.State)) : ToolAnswer.Refused(FailureCode.NotAllowed, decision.Text);
    }
}
