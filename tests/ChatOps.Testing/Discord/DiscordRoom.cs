namespace ChatOps.Testing.Discord;

/// <summary>A channel or thread in the server's memory.</summary>
public sealed class DiscordRoom
{
    public required string Id { get; init; }

    /// <summary>0 text, 1 direct, 11 thread.</summary>
    public required int Type { get; init; }

    public string Name { get; set; } = "";

    public string? Guild { get; init; }

    public string? Parent { get; init; }

    public string? Owner { get; init; }

    public bool Archived { get; set; }

    public bool Locked { get; set; }

    /// <summary>The bot may not write here.</summary>
    public bool Closed { get; set; }

    public bool Gone { get; set; }
}
