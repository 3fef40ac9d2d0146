namespace ChatOps.Channels.Discord;

/// <summary>What we know of channels and threads: told by the gateway, else asked for. Bounded.</summary>
internal sealed class KnownChannels(DiscordRest rest)
{
    /// <summary>Most channels remembered.</summary>
    public const int Capacity = 10_000;

    private readonly BoundedMap<DiscordChannelInfo> channels = new(Capacity);

    /// <summary>The gateway told about a channel.</summary>
    public void Note(DiscordChannelInfo channel) => channels.Set(channel.Id, channel);

    /// <summary>It is gone, or changed.</summary>
    public void Forget(string id) => channels.Remove(id);

    /// <summary>A channel, or null when Discord does not say.</summary>
    public async Task<DiscordChannelInfo?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (channels.TryGet(id, out var known)) return known;
        if ((await rest.ChannelAsync(id, cancellationToken)) is not { IsOk: true } reply || reply.Read<DiscordChannelInfo>() is not { } channel) return null;
        Note(channel);
        return channel;
    }
}
