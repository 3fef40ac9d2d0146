using ChatOps.Channels.Telegram.Client;

namespace ChatOps.Channels.Telegram;

/// <summary>
/// What stands in Telegram's messages, as far as it is remembered: an edit that changes nothing need not be sent, and a question must not put buttons back below a message that has lost them.
/// Forgetting is harmless.
/// </summary>
internal sealed class TelegramShown
{
    private const int MaxMessages = 5_000;
    private const int Stripes = 64;

    private readonly Recent<(long Chat, long Message), (string Html, TgMarkup? Keyboard)> messages = new(MaxMessages);
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Only one at a time changes a message.</summary>
    public async Task<IDisposable> EnterAsync(long chat, long message, CancellationToken cancellationToken)
    {
        var gate = gates[(uint)HashCode.Combine(chat, message) % Stripes];
        await gate.WaitAsync(cancellationToken);
        return new Exit(gate);
    }

    /// <summary>A message shows this now.</summary>
    public void Note(long chat, long message, string html, TgMarkup? keyboard) => messages.Set((chat, message), (html, keyboard));

    /// <summary>Nobody knows what a message shows now.</summary>
    public void Forget(long chat, long message) => messages.TryTake((chat, message), out _);

    /// <summary>Whether a message surely shows exactly this.</summary>
    public bool Is(long chat, long message, string html, TgMarkup? keyboard) =>
        messages.TryGet((chat, message), out var shown) && shown.Html == html && Same(shown.Keyboard, keyboard);

    /// <summary>Whether a message surely has no button with this token any more.</summary>
    public bool Lacks(long chat, long message, string token) => messages.TryGet((chat, message), out var shown) && !TelegramKeyboards.Holds(shown.Keyboard, token);

    /// <summary>A message has other buttons now.</summary>
    public void Rekey(long chat, long message, TgMarkup keyboard)
    {
        if (messages.TryGet((chat, message), out var shown)) messages.Set((chat, message), (shown.Html, keyboard));
    }

    private static bool Same(TgMarkup? one, TgMarkup? other) =>
        one is null || other is null
            ? one is null && other is null
            : (one.InlineKeyboard ?? []).Select(r => (r.Count, Row: r)).SelectMany(r => r.Row.Select(b => (r.Count, b)))
                .SequenceEqual((other.InlineKeyboard ?? []).Select(r => (r.Count, Row: r)).SelectMany(r => r.Row.Select(b => (r.Count, b))));

    private sealed class Exit(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
