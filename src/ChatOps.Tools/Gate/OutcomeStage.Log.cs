namespace ChatOps.Tools.Gate;

internal sealed partial class OutcomeStage
{
    [LoggerMessage(5010, LogLevel.Error, "The outcome of invocation {Invocation} is not recorded yet; trying again: {Reason}")]
    private partial void LogOutcomeNotRecorded(string invocation, string reason);
}
