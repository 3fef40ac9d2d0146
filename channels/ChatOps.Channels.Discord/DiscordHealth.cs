using System.Globalization;
using ChatOps.Diagnostics;

namespace ChatOps.Channels.Discord;

/// <summary>How the connection to Discord is.</summary>
internal sealed class DiscordHealth(TimeProvider time)
{
    private const string ContentRemedy =
        "Messages in threads and voice notes arrive empty unless they mention the bot: switch on Message Content Intent in the Developer Portal under Bot and start the gateway again.";

    private readonly Lock gate = new();
    private bool connected;
    private string summary = "Not connected yet.";
    private bool withoutContent;
    private string? warning;
    private DateTimeOffset? lastEvent;
    private DateTimeOffset? lastSend;
    private string? sendTrouble;
    private string bot = "";

    /// <summary>The state now.</summary>
    public PartHealth Now
    {
        get
        {
            lock (gate)
            {
                var facts = new Dictionary<string, string> { ["connected"] = connected ? "yes" : "no" };
                if (bot.Length > 0) facts["bot"] = bot;
                if (lastEvent is { } e) facts["lastEvent"] = e.ToString("O", CultureInfo.InvariantCulture);
                if (lastSend is { } s) facts["lastSend"] = s.ToString("O", CultureInfo.InvariantCulture);
                if (!connected) return new PartHealth(PartState.Failed, summary, facts);
                var trouble = string.Join(' ', new[] { withoutContent ? ContentRemedy : null, warning, sendTrouble }.OfType<string>());
                return trouble.Length > 0 ? new PartHealth(PartState.Degraded, trouble, facts) : new PartHealth(PartState.Ok, summary, facts);
            }
        }
    }

    /// <summary>Who we are, and whether messages have content.</summary>
    public void Is(BotIdentity identity)
    {
        lock (gate) (bot, withoutContent) = (identity.Name, !identity.ReadsContent);
    }

    /// <summary>Something that somebody should look at; null when it is over.</summary>
    public void Warn(string? text)
    {
        lock (gate) warning = text;
    }

    public void Connected(string text)
    {
        lock (gate) (connected, summary) = (true, text);
    }

    public void Disconnected(string reason)
    {
        lock (gate) (connected, summary) = (false, reason);
    }

    public void Event()
    {
        lock (gate) lastEvent = time.GetUtcNow();
    }

    /// <summary>A send ended; <paramref name="trouble"/> when Discord did not take it for a reason that is not the message's own.</summary>
    public void Sent(string? trouble)
    {
        lock (gate)
        {
            sendTrouble = trouble;
            if (trouble is null) lastSend = time.GetUtcNow();
        }
    }
}
