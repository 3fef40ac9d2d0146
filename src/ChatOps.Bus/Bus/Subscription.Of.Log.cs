using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

internal sealed partial class Subscription<T>
{
    [LoggerMessage(2010, LogLevel.Warning, "{Handler} failed on {Message} (try {Attempt}), trying again: {Reason}")]
    private partial void LogRetry(string message, string handler, int attempt, string reason);

    [LoggerMessage(2011, LogLevel.Error, "{Handler} failed on {Message} {Attempts} times. The recovery sweep wakes its work again.")]
    private partial void LogGivenUp(Exception error, string message, string handler, int attempts);
}
