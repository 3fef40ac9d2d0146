using Microsoft.Extensions.Logging;

namespace ChatOps.Host.Http;

internal sealed partial class FailedTokens
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Warning, Message = "Wrong API token from {Address} (number {Count} in this minute): {Reason}")]
    private partial void WrongToken(string address, int count, string reason);
}
