using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Web;

internal sealed partial class WebChannel
{
    [LoggerMessage(3001, LogLevel.Information, "A reader of the web chat {Chat} was too slow and reads everything again.")]
    private partial void LogReaderTooSlow(string chat);

    [LoggerMessage(3002, LogLevel.Debug, "The web channel stops; {Readers} readers are told.")]
    private partial void LogStopping(int readers);
}
