namespace ChatOps.Tools.Gate;

internal sealed partial class ApprovedRuns
{
    [LoggerMessage(5030, LogLevel.Error, "The approved run of invocation {Invocation} broke off")]
    private partial void LogRunBroke(string invocation, Exception exception);
}
