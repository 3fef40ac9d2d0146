using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Telegram;

internal sealed partial class TelegramPoller
{
    [LoggerMessage(3101, LogLevel.Information, "Telegram: connected as @{Bot}.")]
    private partial void LogConnected(string bot);

    [LoggerMessage(3102, LogLevel.Warning, "Telegram: {Why}")]
    private partial void LogTrouble(string why);
}
