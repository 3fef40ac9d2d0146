using ChatOps.Channels;
using ChatOps.Messages;

namespace ChatOps.Storage;

/// <summary>One delivery step.</summary>
/// <param name="Id">Sortable id; order within a conversation.</param>
/// <param name="ConversationId">Where.</param>
/// <param name="MessageId">Which message.</param>
/// <param name="Operation">Send, edit or delete.</param>
/// <param name="Priority">What goes first under a rate limit.</param>
/// <param name="Content">The content.</param>
/// <param name="State">Where it is.</param>
/// <param name="Attempts">Sends tried.</param>
/// <param name="NotBefore">Not to be tried before.</param>
/// <param name="Error">Why not, the last time.</param>
/// <param name="CreatedAt">When it was committed.</param>
public sealed record OutboxItem(
    string Id,
    string ConversationId,
    string MessageId,
    OutboundOperation Operation,
    ReplyPriority Priority,
    RichMessage Content,
    OutboxState State,
    int Attempts,
    DateTimeOffset NotBefore,
    string? Error,
    DateTimeOffset CreatedAt)
{
    /// <summary>Whether an earlier try ended without anybody knowing how: the platform may have it already, and what is sent says so.</summary>
    public bool Doubtful { get; init; }
}
