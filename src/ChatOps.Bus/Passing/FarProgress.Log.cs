using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

internal sealed partial class FarProgress
{
    [LoggerMessage(2080, LogLevel.Debug, "A passing state was not sent to the gateway that shows it ({Kind}).")]
    private partial void LogLost(string kind);

    [LoggerMessage(2081, LogLevel.Warning, "The gateway {Gateway} did not say within {Limit} that it shows nothing passing any more; it is sent none for {Pause}.")]
    private partial void LogDeaf(string gateway, TimeSpan limit, TimeSpan pause);
}
