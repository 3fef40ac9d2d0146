using System.Globalization;
using ChatOps.Diagnostics;

namespace ChatOps.Channels.Telegram;

/// <summary>How the connection to Telegram is.</summary>
internal sealed class TelegramHealth(TimeProvider time)
{
    private readonly Lock gate = new();
    private PartState state = PartState.Failed;
    private string summary = "Not connected yet.";
    private string bot = "";
    private string mode = "";
    private DateTimeOffset? lastEvent;
    private DateTimeOffset? lastSend;

    /// <summary>Now.</summary>
    public PartHealth Current
    {
        get
        {
            lock (gate)
            {
                var facts = new Dictionary<string, string> { ["mode"] = mode, ["bot"] = bot };
                if (lastEvent is { } heard) facts["lastEvent"] = heard.ToString("O", CultureInfo.InvariantCulture);
                if (lastSend is { } sent) facts["lastSend"] = sent.ToString("O", CultureInfo.InvariantCulture);
                return new PartHealth(state, summary, facts);
            }
        }
    }

    /// <summary>The bot is known.</summary>
    public void Is(string name, TelegramMode by)
    {
        lock (gate) (bot, mode) = (name, by.ToString().ToLowerInvariant());
    }

    /// <summary>It works.</summary>
    /// <returns>Whether it did not before.</returns>
    public bool Connected()
    {
        lock (gate)
        {
            var was = state;
            (state, summary) = (PartState.Ok, $"Connected as @{bot}.");
            return was != PartState.Ok;
        }
    }

    /// <summary>It works with a restriction, or not at all.</summary>
    /// <returns>Whether that is new.</returns>
    public bool Trouble(PartState how, string why)
    {
        lock (gate)
        {
            var news = state != how || summary != why;
            (state, summary) = (how, why);
            return news;
        }
    }

    /// <summary>Something came in.</summary>
    public void Heard()
    {
        lock (gate) lastEvent = time.GetUtcNow();
    }

    /// <summary>Something went out.</summary>
    public void Sent()
    {
        lock (gate) lastSend = time.GetUtcNow();
    }
}
