namespace ChatOps.Channels.Telegram;

/// <summary>
/// When Telegram may be called again. It names one deadline, and not for what: it counts for the chat, and while two chats have one at the same time for all of them.
/// Nothing is called before a deadline.
/// </summary>
internal sealed class TelegramPace(TimeProvider time)
{
    /// <summary>The pause when Telegram asks for one and does not say how long.</summary>
    public static readonly TimeSpan UnsaidPause = TimeSpan.FromSeconds(5);

    private const int MaxChats = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<long, long> chats = [];
    private long all = long.MinValue;

    /// <summary>How long a chat must wait; zero when it need not.</summary>
    public TimeSpan Wait(long chat)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            var until = Math.Max(all, chats.GetValueOrDefault(chat, long.MinValue));
            return until <= now ? TimeSpan.Zero : time.GetElapsedTime(now, until);
        }
    }

    /// <summary>Telegram has asked for a pause.</summary>
    /// <returns>How long.</returns>
    public TimeSpan Pause(long? chat, TimeSpan? asked)
    {
        var pause = asked ?? UnsaidPause;
        var now = time.GetTimestamp();
        var until = now + (long)(pause.TotalSeconds * time.TimestampFrequency);
        lock (gate)
        {
            if (chat is not { } id || chats.Any(c => c.Key != id && c.Value > now)) all = Math.Max(all, until);
            if (chat is { } its)
            {
                if (chats.Count >= MaxChats) Forget(now);
                chats[its] = Math.Max(until, chats.GetValueOrDefault(its, long.MinValue));
            }
        }

        return pause;
    }

    private void Forget(long now)
    {
        foreach (var over in chats.Where(c => c.Value <= now).Select(c => c.Key).ToList()) chats.Remove(over);
        if (chats.Count >= MaxChats) chats.Clear();
    }
}
