using ChatOps.Identity;

namespace ChatOps.Storage;

/// <summary>A stranger who asks to be let in.</summary>
/// <param name="Code">What they tell an admin.</param>
/// <param name="Actor">Who, as the platform says.</param>
/// <param name="ConversationId">Where they asked.</param>
/// <param name="InboxId">The message that the code answers.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">When it is over; for a denied one: until when they are not answered.</param>
/// <param name="Denied">Whether an admin said no.</param>
public sealed record PairingRow(
    string Code, Actor Actor, string ConversationId, string InboxId, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, bool Denied = false)
{
    /// <summary>The messages that ask admins.</summary>
    public IReadOnlyList<string> Cards { get; init; } = [];
}
