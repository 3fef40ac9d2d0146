namespace ChatOps.Tools.AuditTools;

internal sealed partial class AuditVerifyTool
{
    public static readonly ToolManifest Definition = new("audit_verify", "audit", "Prove that no record was changed, removed or reordered.", ["audit verify"], [])
    {
        Recorded = false,
        Examples = ["audit verify"],
    };
}
