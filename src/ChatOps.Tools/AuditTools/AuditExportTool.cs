using System.Globalization;
using ChatOps.Audit;
using ChatOps.Messages;

namespace ChatOps.Tools.AuditTools;

/// <summary>Exports audit records.</summary>
internal sealed partial class AuditExportTool(IAuditLog audit, TimeProvider time) : ITool
{
    private const int MaxCharacters = 8 * 1024 * 1024;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Export audit records");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var format = call.Arguments.Required("format");
        if (call.Arguments.Flag(StreamParameter)) return ToolAnswer.Done("Exported as a stream.", new { format });
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        await audit.ExportAsync(
            writer, time.GetUtcNow() - call.Arguments.Duration("since")!.Value,
            format == "csv" ? AuditExportFormat.Csv : AuditExportFormat.JsonLines, cancellationToken);
        var content = writer.ToString();
        if (content.Length > MaxCharacters)
            return ToolAnswer.Failed(FailureCode.ToolFailed, "The export is larger than 8 MiB; take a shorter time, or GET /api/audit/export, which streams.");
        return ToolAnswer.Done("Exported.", new RichMessage([new CodeBlock(content, $"audit.{format}")]), new { format, content });
    }
}
