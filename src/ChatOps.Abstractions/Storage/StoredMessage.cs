using ChatOps.Messages;

namespace ChatOps.Storage;

/// <summary>A message of ours with its newest content.</summary>
/// <param name="Id">Sortable id.</param>
/// <param name="ConversationId">Where.</param>
/// <param name="InboxId">What it answers, if anything.</param>
/// <param name="Content">Newest content.</param>
/// <param name="PlatformId">The platform's id once sent, or of the parts that did arrive.</param>
/// <param name="CreatedAt">When posted.</param>
/// <param name="UpdatedAt">When last edited.</param>
public sealed record StoredMessage(
    string Id, string ConversationId, string? InboxId, RichMessage Content, string? PlatformId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>Only this person (the platform's user id) may see it; null for everybody in the conversation.</summary>
    public string? PrivateTo { get; init; }

    /// <summary>The title of the thread that its sending opens; null for none.</summary>
    public string? ThreadTitle { get; init; }

    /// <summary>The conversation of the thread that its sending opened; empty when it opened none, null while that is not known.</summary>
    public string? Thread { get; init; }
}
