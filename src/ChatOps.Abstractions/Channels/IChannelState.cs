namespace ChatOps.Channels;

/// <summary>
/// Small durable values of the channels: which thread belongs to which conversation, the session of a gateway connection, what was registered with the platform. Never
/// secrets: those live in memory.
/// </summary>
public interface IChannelState
{
    /// <summary>Longest key, in UTF-16 code units.</summary>
    const int MaxKeyLength = 256;

    /// <summary>Longest value, in UTF-16 code units.</summary>
    const int MaxValueLength = 4096;

    /// <summary>A value, or null when there is none or its time is over.</summary>
    /// <exception cref="ChatOps.Storage.StoreUnavailableException">The store is away.</exception>
    Task<string?> GetAsync(string channel, string key, CancellationToken cancellationToken);

    /// <summary>Sets a value; returns after the commit.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="key">At most <see cref="MaxKeyLength"/>.</param>
    /// <param name="value">At most <see cref="MaxValueLength"/>; null removes it.</param>
    /// <param name="keepFor">How long it is kept; null for ever.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ChatOps.Storage.StoreUnavailableException">The store is away.</exception>
    Task SetAsync(string channel, string key, string? value, TimeSpan? keepFor, CancellationToken cancellationToken);
}
