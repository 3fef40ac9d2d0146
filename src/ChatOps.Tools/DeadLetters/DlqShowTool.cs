using System.Globalization;
using ChatOps.Messages;

namespace ChatOps.Tools.DeadLetters;

/// <summary>Shows a dead letter. It may hold what was meant for one conversation alone, so looking is recorded.</summary>
internal sealed partial class DlqShowTool(DeadLetters letters) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show a dead letter");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var id = call.Arguments.Required("id");
        if (await letters.FindAsync(id, cancellationToken) is not { } item)
            return ToolAnswer.Failed(FailureCode.NotFound, $"There is no (single) dead letter '{id}'. 'dlq list' lists them.");
        var fields = new FieldsBlock(
        [
            new("Id", item.Id), new("Conversation", item.ConversationId), new("State", DeadLetters.State(item)), new("Reason", item.Error ?? "none given"),
            new("Tries", item.Attempts.ToString(CultureInfo.InvariantCulture)), new("Written", $"{item.CreatedAt:yyyy-MM-dd HH:mm} UTC"),
        ]);
        // Its buttons belong to another conversation.
        var content = item.Content.Blocks.Where(b => b is not (ActionsBlock or CardBlock));
        return ToolAnswer.Done(
            $"{item.Id}: {DeadLetters.State(item)}.", new RichMessage([fields, .. content]),
            new { id = item.Id, conversation = item.ConversationId, operation = item.Operation, state = item.State, reason = item.Error, attempts = item.Attempts, createdAt = item.CreatedAt, content = item.Content });
    }
}
