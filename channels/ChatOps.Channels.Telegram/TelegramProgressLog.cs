using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Telegram;

/// <summary>Says that a passing state could not be shown. Only the kind of error: its text could quote an address.</summary>
internal sealed partial class TelegramProgressLog(ILogger logger)
{
    /// <summary>One could not.</summary>
    public void Failed(Exception error) => LogFailed(error.GetType().Name);

    [LoggerMessage(3120, LogLevel.Debug, "Telegram: a passing state could not be shown ({Error}).")]
    private partial void LogFailed(string error);
}
