namespace ChatOps.Channels.Discord;

/// <summary>What the first answer holds: a message, choices or a modal.</summary>
internal sealed record InteractionAnswerData(
    string? Content = null,
    int? Flags = null,
    AllowedMentions? AllowedMentions = null,
    IReadOnlyList<Component>? Components = null,
    string? CustomId = null,
    string? Title = null,
    IReadOnlyList<CommandChoice>? Choices = null);
