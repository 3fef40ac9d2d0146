using System.Text.Json.Serialization;

namespace ChatOps.Channels.Discord;

/// <summary>A component: row, button, text input, text, gallery, file or container, by its type.</summary>
internal sealed record Component(
    int Type,
    int? Style = null,
    string? Label = null,
    string? CustomId = null,
    string? Content = null,
    int? AccentColor = null,
    MediaReference? File = null,
    IReadOnlyList<MediaItem>? Items = null,
    bool? Required = null,
    int? MaxLength = null,
    string? Value = null,
    string? Placeholder = null,
    [property: JsonPropertyName("component")] Component? Inner = null,
    IReadOnlyList<Component>? Components = null);
