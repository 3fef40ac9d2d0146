using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

internal sealed partial class ChannelRunner
{
    [LoggerMessage(2030, LogLevel.Error, "The channel {Channel} failed and will be started again: {Error}")]
    private partial void LogFailed(string channel, string error);

    [LoggerMessage(2032, LogLevel.Error, "The channel {Channel} rests: {Error}")]
    private partial void LogFatal(string channel, string error);

    [LoggerMessage(2033, LogLevel.Information, "A secret of the channel {Channel} has changed; it is started again.")]
    private partial void LogSecretChanged(string channel);

    [LoggerMessage(2031, LogLevel.Warning, "The channel {Channel} ended by itself and will be started again.")]
    private partial void LogEnded(string channel);
}
