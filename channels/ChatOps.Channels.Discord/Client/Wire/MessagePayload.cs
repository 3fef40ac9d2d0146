namespace ChatOps.Channels.Discord;

/// <summary>A message to send, or the new content of one.</summary>
internal sealed record MessagePayload(
    AllowedMentions AllowedMentions,
    string? Content = null,
    IReadOnlyList<Component>? Components = null,
    int? Flags = null,
    IReadOnlyList<AttachmentDescription>? Attachments = null,
    string? Nonce = null,
    bool? EnforceNonce = null,
    MessageReference? MessageReference = null);
