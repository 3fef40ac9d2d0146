namespace ChatOps.Tools.Jobs;

/// <summary>Parameters that the tools about jobs share.</summary>
internal static class JobParameters
{
    public static readonly ToolParameter Id = new("id", ParameterKind.Text, "The job, by the id of its invocation.", Required: true, Position: 0);
}
