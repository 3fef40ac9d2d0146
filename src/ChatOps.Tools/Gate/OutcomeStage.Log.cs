namespace ChatOps.Tools.Gate;

internal sealed partial class OutcomeStage
{
    [LoggerMessage(5010, LogLevel.Error, "The outcome of invocation {Invocation} is not recorded yet; trying again: {Reason}")]
    private partial void LogOutcomeNotRecorded(string invocation, string reason);

    [LoggerMessage(5011, LogLevel.Warning, "The outcome of invocation {Invocation} came too late and was refused by the store: another gateway took it over meanwhile, and what that one records counts. Here it was: {Summary}")]
    private partial void LogTooLate(string invocation, string summary);
}
