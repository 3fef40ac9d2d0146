namespace ChatOps.Storage;

/// <summary>What a button does: a command line as the presser would type it.</summary>
/// <param name="Token">The opaque token on the button.</param>
/// <param name="Command">The command, without slash: <c>approvals approve 7F3K2M --revision 1 --hash ab12…</c>.</param>
/// <param name="ConversationId">Pressable only there; null: anywhere.</param>
/// <param name="CreatedAt">When made.</param>
public sealed record StoredAction(string Token, string Command, string? ConversationId, DateTimeOffset CreatedAt);
