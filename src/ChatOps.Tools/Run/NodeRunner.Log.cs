namespace ChatOps.Tools.Run;

internal sealed partial class NodeRunner
{
    [LoggerMessage(5040, LogLevel.Error, "The run of invocation {Invocation} broke off on node {Node}")]
    private partial void LogNodeBroke(string invocation, string node, Exception exception);

    [LoggerMessage(5041, LogLevel.Error, "The output of invocation {Invocation} could not be kept as a file: {Reason}")]
    private partial void LogNotKept(string invocation, string reason);
}
