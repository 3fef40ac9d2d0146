using System.Collections.Concurrent;
using ChatOps.Storage;

namespace ChatOps.Channels.Tests.Telegram;

/// <summary>The channels' small values, in memory, with the bounds of the real ones.</summary>
internal sealed class MemoryChannelState : IChannelState
{
    private readonly ConcurrentDictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>While true the store is away.</summary>
    public bool Away { get; set; }

    /// <summary>All values.</summary>
    public IReadOnlyCollection<string> Values => [.. values.Select(v => $"{v.Key}={v.Value}")];

    public Task<string?> GetAsync(string channel, string key, CancellationToken cancellationToken)
    {
        Check(key, null);
        return Task.FromResult(values.GetValueOrDefault($"{channel}/{key}"));
    }

    public Task SetAsync(string channel, string key, string? value, TimeSpan? keepFor, CancellationToken cancellationToken)
    {
        Check(key, value);
        if (value is null) values.TryRemove($"{channel}/{key}", out _);
        else values[$"{channel}/{key}"] = value;
        return Task.CompletedTask;
    }

    private void Check(string key, string? value)
    {
        if (Away) throw new StoreUnavailableException("The disk is full.");
        Assert.InRange(key.Length, 1, IChannelState.MaxKeyLength);
        Assert.InRange(value?.Length ?? 0, 0, IChannelState.MaxValueLength);
    }
}
