namespace ChatOps.Tools.Files;

/// <summary>Parameters that all files tools share.</summary>
internal static class FileParameters
{
    public static readonly ToolParameter Path = new("path", ParameterKind.Text, "Path below the files root.", Required: true, Position: 0);

    public static readonly ToolParameter On = new("on", ParameterKind.Selector, "The node whose files are meant.", Default: "node=local");
}
