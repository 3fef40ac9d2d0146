namespace ChatOps.Tools.Checks;

/// <summary>Parameters that the tools of checks share.</summary>
internal static class CheckParameters
{
    public static readonly ToolParameter Name = new("name", ParameterKind.Text, "The check's name.", Required: true, Position: 0);

    public static readonly ToolParameter NameOrAll = new("name", ParameterKind.Text, "The check's name, or 'all'.", Required: true, Position: 0);

    public static readonly ToolParameter Node = new("node", ParameterKind.Text, "Only on this node.");
}
