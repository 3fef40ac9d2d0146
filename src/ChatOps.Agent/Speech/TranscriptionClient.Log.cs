using Microsoft.Extensions.Logging;

namespace ChatOps.Agent.Speech;

internal sealed partial class TranscriptionClient
{
    [LoggerMessage(4221, LogLevel.Warning, "The transcription service answered {Status} ({Code})")]
    private partial void LogRefused(int status, string code);

    [LoggerMessage(4222, LogLevel.Warning, "The transcription service cannot be reached: {Kind} {Error}")]
    private partial void LogUnreachable(string kind, string error);
}
