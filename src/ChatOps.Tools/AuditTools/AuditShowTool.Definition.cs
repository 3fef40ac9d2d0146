namespace ChatOps.Tools.AuditTools;

internal sealed partial class AuditShowTool
{
    public static readonly ToolManifest Definition = new("audit_show", "audit", "One record in full, with its place in the chain.", ["audit show"],
    [
        new("id", ParameterKind.Text, "The record's id, or its sequence number.", Required: true, Position: 0),
    ]) { Recorded = false, Examples = ["audit show 17"] };
}
