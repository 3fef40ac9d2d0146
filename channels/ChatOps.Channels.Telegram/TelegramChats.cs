using System.Globalization;

namespace ChatOps.Channels.Telegram;

/// <summary>
/// Groups that have become supergroups. Telegram gives them a new id; here the conversation keeps the id that it began with, so its history, its admission and what waits in it stay, and only the
/// way to Telegram changes.
/// </summary>
/// <param name="state">Where it is kept.</param>
internal sealed class TelegramChats(IChannelState state)
{
    private const int MaxKnown = 10_000;

    private readonly Recent<string, long?> known = new(MaxKnown);

    /// <summary>The id that Telegram knows a conversation's chat by.</summary>
    public async Task<long> ToTelegramAsync(long ours, CancellationToken cancellationToken) => await FindAsync("to", ours, cancellationToken) ?? ours;

    /// <summary>The id that conversations of a chat have.</summary>
    public async Task<long> ToOursAsync(long telegrams, CancellationToken cancellationToken) => await FindAsync("from", telegrams, cancellationToken) ?? telegrams;

    /// <summary>A group has become a supergroup.</summary>
    public async Task MigrateAsync(long from, long to, CancellationToken cancellationToken)
    {
        if (from == to || await ToOursAsync(to, cancellationToken) == from) return;
        var origin = await ToOursAsync(from, cancellationToken);
        await SetAsync("from", to, origin, cancellationToken);
        await SetAsync("to", origin, to, cancellationToken);
    }

    private async Task<long?> FindAsync(string direction, long id, CancellationToken cancellationToken)
    {
        // Only groups can change, and their ids are negative.
        if (id >= 0) return null;
        var key = Key(direction, id);
        if (known.TryGet(key, out var found)) return found;
        var stored = await state.GetAsync(TelegramInbound.ChannelName, key, cancellationToken);
        found = long.TryParse(stored, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        known.Set(key, found);
        return found;
    }

    private async Task SetAsync(string direction, long id, long value, CancellationToken cancellationToken)
    {
        await state.SetAsync(TelegramInbound.ChannelName, Key(direction, id), TelegramInbound.Number(value), null, cancellationToken);
        known.Set(Key(direction, id), value);
    }

    private static string Key(string direction, long id) => $"migrated-{direction}:{TelegramInbound.Number(id)}";
}
