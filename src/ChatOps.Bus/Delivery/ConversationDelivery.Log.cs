using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

internal sealed partial class ConversationDelivery
{
    private readonly ILogger logger = parts.Logger;

    [LoggerMessage(2021, LogLevel.Warning, "How a send to {Conversation} ended could not be written down, trying again: {Reason}")]
    private partial void LogEndNotWritten(string conversation, string reason);

    [LoggerMessage(2022, LogLevel.Error, "The channel {Channel} failed on {OutboxId}.")]
    private partial void LogChannelThrew(Exception error, string channel, string outboxId);

    [LoggerMessage(2023, LogLevel.Information, "Delivery {OutboxId} to {Conversation} waits {Delay}: {Reason}")]
    private partial void LogPutBack(string outboxId, string conversation, TimeSpan delay, string? reason);

    [LoggerMessage(2024, LogLevel.Error, "Delivery {OutboxId} to {Conversation} failed for good: {Reason}")]
    private partial void LogDeadLetter(string outboxId, string conversation, string? reason);

    [LoggerMessage(2025, LogLevel.Warning, "Delivery {OutboxId} to {Conversation} has an unknown end: {Reason}")]
    private partial void LogUnknown(string outboxId, string conversation, string? reason);
}
