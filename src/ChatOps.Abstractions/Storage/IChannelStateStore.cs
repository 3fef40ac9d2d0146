namespace ChatOps.Storage;

/// <summary>Small values of channels, by channel and key.</summary>
public interface IChannelStateStore
{
    /// <summary>A value; null when there is none or its time is over.</summary>
    string? Get(string channel, string key, DateTimeOffset now);

    /// <summary>Sets a value.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null removes it.</param>
    /// <param name="expiresAt">When it is over; null for never.</param>
    void Set(string channel, string key, string? value, DateTimeOffset? expiresAt);

    /// <summary>Removes values whose time is over, a bounded number a call; returns how many.</summary>
    int Prune(DateTimeOffset now);
}
