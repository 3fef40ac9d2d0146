namespace ChatOps.Tools.DeadLetters;

/// <summary>Parameters that the tools of dead letters share.</summary>
internal static class DeadLetterParameters
{
    public static readonly ToolParameter Id = new("id", ParameterKind.Text, "Its id, or the end of it.", Required: true, Position: 0);

    public static readonly ToolParameter IdOrAll = new("id", ParameterKind.Text, "Its id or the end of it, or 'all'.", Required: true, Position: 0);
}
