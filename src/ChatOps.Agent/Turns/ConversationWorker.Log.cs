using Microsoft.Extensions.Logging;

namespace ChatOps.Agent.Turns;

internal sealed partial class ConversationWorker
{
    [LoggerMessage(4211, LogLevel.Warning, "The turns of {ConversationId} wait: {Reason}")]
    private partial void LogStoreUnavailable(string conversationId, string reason);

    [LoggerMessage(4212, LogLevel.Error, "The turn on {InboxId} in {ConversationId} broke off; it is tried again")]
    private partial void LogTurnBroke(string? inboxId, string conversationId, Exception exception);

    [LoggerMessage(4213, LogLevel.Warning, "The turn on {InboxId} in {ConversationId} lost its lease; whoever has it goes on")]
    private partial void LogLeaseLost(string inboxId, string conversationId);

    [LoggerMessage(4214, LogLevel.Warning, "The answer to {InboxId} in {ConversationId} came too late and was refused by the store: another gateway took the conversation over meanwhile, and its answer counts")]
    private partial void LogTooLate(string inboxId, string conversationId);
}
