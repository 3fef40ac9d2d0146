using System.Text.Json;

namespace ChatOps.Channels.Discord;

/// <summary>A subcommand, or an option with its value.</summary>
internal sealed record InteractionOption(string Name, int Type, JsonElement? Value = null, bool? Focused = null, IReadOnlyList<InteractionOption>? Options = null);
