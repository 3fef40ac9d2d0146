namespace ChatOps.Tools.ApprovalTools;

/// <summary>Parameters of the tools that decide.</summary>
internal static class ApprovalParameters
{
    public static readonly ToolParameter Id = new("id", ParameterKind.Text, "The approval's id.", Required: true, Position: 0);
    public static readonly ToolParameter Reason = new("reason", ParameterKind.Text, "Why, in your words; the requester sees it.");
    public static readonly ToolParameter Revision = new("revision", ParameterKind.Number, "The revision that the button showed.", Hidden: true);
    public static readonly ToolParameter Hash = new("hash", ParameterKind.Text, "The plan hash that the button showed.", Hidden: true);
}
