namespace ChatOps.Tools.DeadLetters;

/// <summary>Sends dead letters again.</summary>
internal sealed partial class DlqRetryTool(DeadLetters letters) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Change(
        "dlq.retry", "What may have arrived can arrive a second time.", $"Send the dead letter {call.Arguments.Required("id")} again", $"dlq retry {call.Arguments.Required("id")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var id = call.Arguments.Required("id");
        var count = await letters.RetryAsync(id, cancellationToken);
        return count == 0 && id != "all"
            ? ToolAnswer.Failed(FailureCode.NotFound, $"There is no (single) dead letter '{id}'. 'dlq list' lists them.")
            : ToolAnswer.Done($"{count} message{(count == 1 ? " is" : "s are")} sent again.", new { count });
    }
}
