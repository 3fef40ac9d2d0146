using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Telegram;

internal sealed partial class TelegramReceiver
{
    [LoggerMessage(3130, LogLevel.Error, "Telegram: update {Update} failed at try {Try} ({Error}). After three tries it is given up.")]
    private partial void LogFailed(long update, int @try, string error);
}
