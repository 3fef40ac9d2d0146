namespace ChatOps.Channels.Discord;

/// <summary>A subcommand group, a subcommand or an option.</summary>
internal sealed record CommandOption(
    int Type,
    string Name,
    string Description,
    bool? Required = null,
    bool? Autocomplete = null,
    IReadOnlyList<CommandChoice>? Choices = null,
    IReadOnlyList<CommandOption>? Options = null);
