using ChatOps.Diagnostics;

namespace ChatOps.Channels;

/// <summary>A channel as a part of the gateway's health.</summary>
/// <param name="name">The channel's name.</param>
/// <param name="states">Who knows.</param>
internal sealed class ChannelHealthPart(string name, IChannelStates states) : IHealthPart
{
    public string Name => name;

    public bool IsOutside => states.RunHere(name);

    public Task<PartHealth> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(states.Of(name));
}
