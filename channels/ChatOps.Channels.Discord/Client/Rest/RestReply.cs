namespace ChatOps.Channels.Discord;

/// <summary>What became of a request.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Code">Discord's own error code; 0 for none.</param>
/// <param name="Reason">For people, when not done. Holds no address and no token.</param>
/// <param name="RetryAfter">For <see cref="RestStatus.Limited"/>.</param>
internal sealed record RestReply(RestStatus Status, int Code = 0, string? Reason = null, TimeSpan RetryAfter = default)
{
    /// <summary>The HTTP status; 0 when none came.</summary>
    public int Http { get; init; }

    /// <summary>The body, when done.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Whether it was done.</summary>
    public bool IsOk => Status == RestStatus.Ok;

    /// <summary>The body as a value; null when it is none.</summary>
    public T? Read<T>() where T : class => DiscordJson.TryRead<T>(Body.Span);
}
