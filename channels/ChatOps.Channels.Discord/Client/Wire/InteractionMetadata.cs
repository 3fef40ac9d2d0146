namespace ChatOps.Channels.Discord;

/// <summary>Where a message that answers an interaction comes from.</summary>
internal sealed record InteractionMetadata(string? Id = null, string? InteractedMessageId = null);
