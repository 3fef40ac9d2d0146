using ChatOps.Channels.Slack.Client;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack;

internal sealed partial class SocketMode
{
    [LoggerMessage(3210, LogLevel.Information, "Connected to Slack by Socket Mode; the app has {Connections} connections.")]
    private partial void LogOpen(int connections);

    [LoggerMessage(3211, LogLevel.Information, "Slack's socket wants a successor: {End}.")]
    private partial void LogEnding(SocketEnd end);

    [LoggerMessage(3212, LogLevel.Warning, "No socket to Slack: {Reason}. It is tried again.")]
    private partial void LogNoSocket(string reason);

    [LoggerMessage(3213, LogLevel.Warning, "The app has {Connections} connections to Slack, and {Expected} are expected: somebody else receives a share of the events.")]
    private partial void LogTooManyConnections(int connections, int expected);

    [LoggerMessage(3214, LogLevel.Error, "Something that Slack delivered could not be handled; it was not acknowledged.")]
    private partial void LogFailed(Exception error);
}
