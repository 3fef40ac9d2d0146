using ChatOps.Audit;
using ChatOps.Messages;

namespace ChatOps.Tools.AuditTools;

/// <summary>Verifies the audit chain.</summary>
internal sealed partial class AuditVerifyTool(IAuditLog audit) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Verify the audit chain");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var result = await audit.VerifyAsync(cancellationToken);
        if (!result.Intact)
        {
            var text = $"The record does not hold: {result.Problem}";
            return ToolAnswer.Failed(FailureCode.ToolFailed, text) with { DataJson = Json.Write(result) };
        }

        var summary = $"Intact: {result.Records} records hold" + (result.CheckpointSequence is { } c ? $", checkpoint at #{c}." : ".");
        return ToolAnswer.Done(
            summary,
            new RichMessage([new TextBlock(PlainText.Escape(summary), Tone.Ok), new FieldsBlock([new("Head", result.HeadHash ?? "(empty)")])]),
            result);
    }
}
