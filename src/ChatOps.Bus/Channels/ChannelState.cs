using ChatOps.Channels;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>The channels' small values, in the store.</summary>
internal sealed class ChannelState(IStore store, TimeProvider time) : IChannelState
{
    public Task<string?> GetAsync(string channel, string key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return store.ReadAsync(session => session.ChannelState.Get(channel, key, now), cancellationToken);
    }

    public Task SetAsync(string channel, string key, string? value, TimeSpan? keepFor, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, IChannelState.MaxKeyLength, nameof(key));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value?.Length ?? 0, IChannelState.MaxValueLength, nameof(value));
        var expiresAt = time.GetUtcNow() + keepFor;
        return store.WriteAsync(
            session =>
            {
                session.ChannelState.Set(channel, key, value, expiresAt);
                return true;
            },
            cancellationToken);
    }
}
