using System.Text.Json;

namespace ChatOps.Channels.Discord;

/// <summary>A server's channels and running threads, each read by itself: one that is not understood does not cost the others.</summary>
internal sealed record GuildChannels(IReadOnlyList<JsonElement>? Channels = null, IReadOnlyList<JsonElement>? Threads = null)
{
    /// <summary>All of them.</summary>
    public IEnumerable<JsonElement> All => (Channels ?? []).Concat(Threads ?? []);
}
