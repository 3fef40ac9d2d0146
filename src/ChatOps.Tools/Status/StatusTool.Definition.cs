namespace ChatOps.Tools.Status;

internal sealed partial class StatusTool
{
    public static readonly ToolManifest Definition = new("status", "status", "How the gateway and its parts are.", ["status"], [])
    {
        Recorded = false,
        Examples = ["status"],
    };
}
