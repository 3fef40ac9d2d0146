namespace ChatOps.Storage;

/// <summary>The older part of a conversation in short, for a model; made once.</summary>
/// <param name="ConversationId">Which conversation.</param>
/// <param name="ThroughId">The id of the last message in it: what is newer is told whole.</param>
/// <param name="Text">The text.</param>
/// <param name="Model">The model that wrote it; null when none did.</param>
/// <param name="At">When.</param>
public sealed record ConversationDigest(string ConversationId, string ThroughId, string Text, string? Model, DateTimeOffset At);
