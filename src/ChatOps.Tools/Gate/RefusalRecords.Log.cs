namespace ChatOps.Tools.Gate;

internal sealed partial class RefusalRecords
{
    [LoggerMessage(5020, LogLevel.Error, "The refusal of invocation {Invocation} could not be recorded: {Reason}")]
    private partial void LogRefusalNotRecorded(string invocation, string reason);
}
