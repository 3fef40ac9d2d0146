namespace ChatOps.Tools.AuditTools;

internal sealed partial class AuditExportTool
{
    private const string StreamParameter = "stream";

    public static readonly ToolManifest Definition = new("audit_export", "audit", "Export records as JSON Lines or CSV.", ["audit export"],
    [
        new("since", ParameterKind.Duration, "How far back (24h, 30d).", Required: true),
        new("format", ParameterKind.Choice, "jsonl or csv.", Default: "jsonl", Choices: ["jsonl", "csv"]),
        new(StreamParameter, ParameterKind.Flag, "Allow and record it, and leave the content to GET /api/audit/export, which streams.", Default: "false", Hidden: true),
    ]) { OnlyReads = true, Examples = ["audit export --since 30d --format csv"] };
}
