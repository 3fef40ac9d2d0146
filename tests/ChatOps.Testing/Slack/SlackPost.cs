using System.Text.Json.Nodes;

namespace ChatOps.Testing.Slack;

/// <summary>A message as it stands in a channel.</summary>
public sealed class SlackPost
{
    /// <summary>Its time stamp: its id in the channel.</summary>
    public required string Ts { get; init; }

    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The thread's first message; null outside threads.</summary>
    public string? Thread { get; init; }

    /// <summary>Only this person sees it; null for everybody.</summary>
    public string? OnlyFor { get; init; }

    /// <summary>A file that it shows; null for a text.</summary>
    public string? File { get; init; }

    /// <summary>Whether it came through a response address.</summary>
    public bool ByResponse { get; init; }

    /// <summary>The notification text.</summary>
    public string Text { get; set; } = "";

    /// <summary>The blocks.</summary>
    public JsonArray Blocks { get; set; } = [];

    /// <summary>How often it was edited.</summary>
    public int Edits { get; set; }

    /// <summary>What can be read of the blocks.</summary>
    public string Shown => string.Join('\n', Blocks.Select(b => SlackReading.Of(b!.AsObject())).Where(t => t.Length > 0));

    /// <summary>The buttons.</summary>
    public IReadOnlyList<JsonObject> Buttons =>
        [.. Blocks.Where(b => b!["type"]!.GetValue<string>() == "actions").SelectMany(b => b!["elements"]!.AsArray()).Select(e => e!.AsObject())];
}
