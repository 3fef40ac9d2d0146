using System.Text.Json;
using ChatOps.Storage;

namespace ChatOps.Channels.Discord;

/// <summary>
/// Keeps the session over restarts. The sequence number is written down at most every <see cref="WriteInterval"/>: an older one only makes Discord send again what the
/// inbox knows already.
/// </summary>
internal sealed class GatewaySessionStore(IChannelState state, TimeProvider time)
{
    /// <summary>See above.</summary>
    public static readonly TimeSpan WriteInterval = TimeSpan.FromSeconds(2);

    // Discord forgets sessions much sooner; this only bounds what is kept.
    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(12);
    private const string StateKey = "session";

    private long? writtenAt;

    /// <summary>The lead under which is written; null for none.</summary>
    public ILead? Lead { get; set; }

    /// <summary>The session of an earlier process, if it fits.</summary>
    public async Task<GatewaySession?> LoadAsync(int intents, string tokenFingerprint, CancellationToken cancellationToken)
    {
        if (await state.GetAsync(DiscordChannel.ChannelName, StateKey, cancellationToken) is not { } json) return null;
        try
        {
            return JsonSerializer.Deserialize<GatewaySession>(json) is { } session && session.Intents == intents && session.TokenFingerprint == tokenFingerprint ? session : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the session down; null forgets it. A store that is away costs nothing but a resume that begins earlier.</summary>
    public async Task SaveAsync(GatewaySession? session, CancellationToken cancellationToken)
    {
        try
        {
            if (Lead is { } lead && !await lead.HoldsAsync(cancellationToken)) return;
            await state.SetAsync(DiscordChannel.ChannelName, StateKey, session is null ? null : JsonSerializer.Serialize(session), KeepFor, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // It is tried again with a later event.
        }

        writtenAt = time.GetTimestamp();
    }

    /// <summary>Writes the session down when it was not for a while.</summary>
    public Task SaveSometimesAsync(GatewaySession session, CancellationToken cancellationToken) =>
        writtenAt is { } at && time.GetElapsedTime(at) < WriteInterval ? Task.CompletedTask : SaveAsync(session, cancellationToken);
}
