namespace ChatOps.Tools.Incidents;

/// <summary>Parameters that the tools of incidents share.</summary>
internal static class IncidentParameters
{
    /// <summary>Which incident.</summary>
    public static readonly ToolParameter Id = new("id", ParameterKind.Text, "Which incident; the one that is open in this conversation, or the only open one, unless given.", Position: 0);
}
