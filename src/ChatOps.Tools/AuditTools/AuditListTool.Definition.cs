namespace ChatOps.Tools.AuditTools;

internal sealed partial class AuditListTool
{
    public static readonly ToolManifest Definition = new("audit_list", "audit", "Who did what, when, by which rule, with which outcome.", ["audit list", "audit"],
    [
        new("since", ParameterKind.Duration, "Only so far back (24h, 7d)."),
        new("until", ParameterKind.Duration, "Only older than this (1h: up to an hour ago)."),
        new("user", ParameterKind.Text, "Only this person."),
        new("tool", ParameterKind.Text, "Only this tool."),
        new("node", ParameterKind.Text, "Only this node."),
        new("outcome", ParameterKind.Text, "Only this outcome: done, refused, failed, unknown, approved, denied, …"),
        new("text", ParameterKind.Text, "Only records that contain this text."),
        new("before", ParameterKind.Number, "Only records before this sequence number (for paging)."),
        new("limit", ParameterKind.Number, "At most so many, up to 1000.", Default: "50"),
    ]) { Recorded = false, Examples = ["audit", "audit list --since 24h --user ana --tool run"] };
}
