using System.Collections.Frozen;
using ChatOps.Channels;

namespace ChatOps.Bus;

/// <summary>The channels by name.</summary>
internal sealed class ChannelDirectory(IEnumerable<IChannel> channels, BusOptions options)
{
    private readonly FrozenDictionary<string, IChannel> byName = channels.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IReadOnlyList<IChannel> All => byName.Values;

    /// <summary>One, or null when it is not enabled here.</summary>
    public IChannel? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>One that runs in this process, or null.</summary>
    public IChannel? Here(string name) => IsElsewhere(name) ? null : Find(name);

    /// <summary>Whether another process runs it.</summary>
    public bool IsElsewhere(string name) => options.ChannelsElsewhere.Contains(name);
}
