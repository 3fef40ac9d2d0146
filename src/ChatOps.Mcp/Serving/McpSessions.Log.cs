using Microsoft.Extensions.Logging;

namespace ChatOps.Mcp.Serving;

internal sealed partial class McpSessions
{
    [LoggerMessage(7101, LogLevel.Information, "An MCP session of {Principal} began")]
    private partial void LogBegan(string principal);

    [LoggerMessage(7102, LogLevel.Information, "An MCP session of {Principal} ended: {Reason}")]
    private partial void LogEnded(string principal, string reason);

    [LoggerMessage(7103, LogLevel.Warning, "MCP sessions could not be looked through; the next look is soon")]
    private partial void LogLookFailed(Exception exception);
}
