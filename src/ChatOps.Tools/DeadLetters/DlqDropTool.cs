namespace ChatOps.Tools.DeadLetters;

/// <summary>Removes dead letters.</summary>
internal sealed partial class DlqDropTool(DeadLetters letters) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Change(
        "dlq.drop", "Nobody will be sent it any more.", $"Drop the dead letter {call.Arguments.Required("id")}", $"dlq drop {call.Arguments.Required("id")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var id = call.Arguments.Required("id");
        var count = await letters.DropAsync(id, cancellationToken);
        return count == 0 && id != "all"
            ? ToolAnswer.Failed(FailureCode.NotFound, $"There is no (single) dead letter '{id}'. 'dlq list' lists them.")
            : ToolAnswer.Done($"{count} dead letter{(count == 1 ? " is" : "s are")} dropped.", new { count });
    }
}
