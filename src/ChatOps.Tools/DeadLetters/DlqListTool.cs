using ChatOps.Messages;

namespace ChatOps.Tools.DeadLetters;

/// <summary>Lists dead letters.</summary>
internal sealed partial class DlqListTool(DeadLetters letters) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List dead letters");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var items = await letters.ListAsync(cancellationToken);
        if (items.Count == 0) return ToolAnswer.Done("There are no dead letters.", RichMessage.Text("There are no dead letters."), Array.Empty<object>());
        var rows = items.Select(i => (IReadOnlyList<string>)
            [i.Id, i.ConversationId, DeadLetters.State(i), i.Error ?? "", DeadLetters.Text(i)]).ToList();
        return ToolAnswer.Done(
            $"{items.Count} dead letter{(items.Count == 1 ? "" : "s")}.",
            new RichMessage([new TableBlock(["Id", "Conversation", "State", "Reason", "Text"], rows)]),
            items.Select(i => new { id = i.Id, conversation = i.ConversationId, state = i.State, reason = i.Error, text = DeadLetters.Text(i), createdAt = i.CreatedAt, attempts = i.Attempts }).ToList());
    }
}
