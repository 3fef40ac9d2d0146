namespace ChatOps.Testing.Discord;

/// <summary>An attachment in the server's memory.</summary>
public sealed record DiscordStoredFile(string Id, string Name, byte[] Content, string ContentType)
{
    public double? DurationSecs { get; init; }

    /// <summary>When its signed address ends; each reading of the message signs it anew.</summary>
    public bool Gone { get; init; }
}
