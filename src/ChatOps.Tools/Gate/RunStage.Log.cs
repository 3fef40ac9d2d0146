namespace ChatOps.Tools.Gate;

internal sealed partial class RunStage
{
    [LoggerMessage(5001, LogLevel.Error, "Tool {Tool} threw in invocation {Invocation}")]
    private partial void LogToolThrew(string tool, string invocation, Exception exception);
}
