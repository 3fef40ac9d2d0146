using Microsoft.Extensions.Logging;

namespace ChatOps.Fleet.Relay;

internal sealed partial class RelayServer
{
    [LoggerMessage(8001, LogLevel.Information, "The node {Name} is connected from {Remote}")]
    private partial void LogConnected(string name, string remote);

    [LoggerMessage(8002, LogLevel.Information, "The connection of the node {Name} ended")]
    private partial void LogEnded(string name);

    [LoggerMessage(8003, LogLevel.Warning, "A machine that calls itself {Name} was turned away, from {Remote}: {Code}")]
    private partial void LogRefused(string name, string remote, string code);

    [LoggerMessage(8004, LogLevel.Warning, "A node's connection could not be recorded: {Reason}")]
    private partial void LogStore(string reason);

    [LoggerMessage(8006, LogLevel.Warning, "A machine was turned away, from {Remote}: its daemon speaks protocol {Protocol}, and the oldest that the gateway speaks is {Oldest}")]
    private partial void LogTooOld(string remote, int protocol, int oldest);
}
