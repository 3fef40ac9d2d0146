namespace ChatOps.Tools.Schedules;

/// <summary>Parameters that the tools of schedules share.</summary>
internal static class ScheduleParameters
{
    public static readonly ToolParameter Name = new("name", ParameterKind.Text, "The schedule's name.", Required: true, Position: 0);
}
