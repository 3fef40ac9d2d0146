namespace ChatOps.Channels.Discord;

/// <summary>A file of a message. Everything but the id is what the sender claims; the address is signed and expires.</summary>
internal sealed record DiscordAttachment(
    string Id,
    string? Filename = null,
    string? ContentType = null,
    long? Size = null,
    string? Url = null,
    double? DurationSecs = null,
    string? Waveform = null,
    string? Title = null);
