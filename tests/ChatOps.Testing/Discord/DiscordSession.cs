using System.Text.Json.Nodes;

namespace ChatOps.Testing.Discord;

/// <summary>A gateway session: its events, numbered, kept for a resume.</summary>
internal sealed class DiscordSession(string id, string token, int intents)
{
    private const int MaxKept = 50_000;

    public string Id => id;

    public string Token => token;

    public int Intents => intents;

    /// <summary>Whether it can be resumed.</summary>
    public bool Alive { get; set; } = true;

    /// <summary>The connection that it has now.</summary>
    public DiscordSocket? Socket { get; set; }

    /// <summary>Number of the last event.</summary>
    public long Last { get; private set; }

    /// <summary>The events.</summary>
    public Queue<(long Number, JsonObject Frame)> Events { get; } = new();

    /// <summary>Numbers an event.</summary>
    public JsonObject Add(string name, JsonObject data, bool keep = true)
    {
        var frame = new JsonObject { ["op"] = 0, ["t"] = name, ["s"] = ++Last, ["d"] = data };
        if (keep) Events.Enqueue((Last, frame));
        if (Events.Count > MaxKept) Events.Dequeue();
        return frame;
    }
}
