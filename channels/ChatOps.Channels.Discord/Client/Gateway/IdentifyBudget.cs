using System.Globalization;

namespace ChatOps.Channels.Discord;

/// <summary>
/// How often the bot identifies. Discord resets the token of a bot that does it more than 1,000 times a day, and drops a connection that does it within five seconds of
/// another; so the count is durable, and a process that is started again and again waits its turn.
/// </summary>
internal sealed class IdentifyBudget(IChannelState state, TimeProvider time)
{
    /// <summary>Our own limit for a day.</summary>
    public const int PerDay = 900;

    /// <summary>What is left to others who use the token.</summary>
    public const int Reserve = 10;

    /// <summary>Least time between two.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(5.5);

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private const string StateKey = "identify";

    /// <summary>Takes one; when that is not possible yet nothing is taken and the time to wait is returned.</summary>
    /// <param name="limit">What Discord said last; null when it was not asked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<TimeSpan> TakeAsync(SessionStartLimit? limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (began, count, last) = Read(await state.GetAsync(DiscordChannel.ChannelName, StateKey, cancellationToken));
        // A clock that was set back must not lock the bot out for longer than the windows themselves.
        if (began > now || now - began >= Day) (began, count) = (now, 0);
        if (last <= now && now - last < Apart) return Apart - (now - last);
        if (count >= PerDay) return began + Day - now;
        if (limit is { } said && said.Remaining <= Math.Min(Reserve, said.Total / 10))
            return RateHeaders.Seconds(said.ResetAfter / 1000.0) is { } wait && wait > Apart ? wait : Apart;
        await state.SetAsync(DiscordChannel.ChannelName, StateKey,
            string.Create(CultureInfo.InvariantCulture, $"{began.ToUnixTimeMilliseconds()} {count + 1} {now.ToUnixTimeMilliseconds()}"), Day, cancellationToken);
        return TimeSpan.Zero;
    }

    private static (DateTimeOffset Began, int Count, DateTimeOffset Last) Read(string? text) =>
        text?.Split(' ') is [var a, var b, var c] && long.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var began)
            && int.TryParse(b, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && long.TryParse(c, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? (DateTimeOffset.FromUnixTimeMilliseconds(began), count, DateTimeOffset.FromUnixTimeMilliseconds(last))
            : (DateTimeOffset.MinValue, 0, DateTimeOffset.MinValue);
}
