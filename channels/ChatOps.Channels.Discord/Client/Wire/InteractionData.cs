namespace ChatOps.Channels.Discord;

/// <summary>What was used or typed.</summary>
internal sealed record InteractionData(
    string? Id = null,
    string? Name = null,
    string? CustomId = null,
    int? ComponentType = null,
    IReadOnlyList<InteractionOption>? Options = null,
    IReadOnlyList<Component>? Components = null);
