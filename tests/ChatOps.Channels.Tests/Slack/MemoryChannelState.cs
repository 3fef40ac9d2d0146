using System.Collections.Concurrent;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>Channel state that lives as long as the test.</summary>
internal sealed class MemoryChannelState : IChannelState
{
    private readonly ConcurrentDictionary<(string, string), string> values = new();

    public Task<string?> GetAsync(string channel, string key, CancellationToken cancellationToken) => Task.FromResult(values.GetValueOrDefault((channel, key)));

    public Task SetAsync(string channel, string key, string? value, TimeSpan? keepFor, CancellationToken cancellationToken)
    {
        if (value is null) values.TryRemove((channel, key), out _);
        else values[(channel, key)] = value;
        return Task.CompletedTask;
    }
}
