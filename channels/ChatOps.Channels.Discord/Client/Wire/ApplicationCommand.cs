namespace ChatOps.Channels.Discord;

/// <summary>A command as it is registered.</summary>
internal sealed record ApplicationCommand(string Name, string Description, int Type, IReadOnlyList<CommandOption>? Options = null);
