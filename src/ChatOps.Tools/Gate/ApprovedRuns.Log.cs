namespace ChatOps.Tools.Gate;

internal sealed partial class ApprovedRuns
{
    [LoggerMessage(5030, LogLevel.Error, "The approved run of invocation {Invocation} broke off")]
    private partial void LogRunBroke(string invocation, Exception exception);

    [LoggerMessage(5031, LogLevel.Information, "The gateway stops while the approved run of invocation {Invocation} goes on; the next start goes on with it or says how it stands")]
    private partial void LogCutShort(string invocation);
}
