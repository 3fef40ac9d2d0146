using System.Text.Json.Nodes;

namespace ChatOps.Testing.Telegram;

/// <summary>A message as it stands in a chat.</summary>
public sealed record TelegramPost(long Chat, long Id, long? Thread, string Text, IReadOnlyList<TelegramMark> Marks, JsonObject? Markup)
{
    /// <summary>The person who wrote it; null for the bot.</summary>
    public TelegramPerson? From { get; init; }

    /// <summary>The name and the bytes of a file.</summary>
    public (string Name, byte[] Content, bool IsPhoto)? File { get; init; }

    /// <summary>Which message it answers.</summary>
    public long? RepliesTo { get; init; }

    /// <summary>How often it was edited.</summary>
    public int Edits { get; init; }

    /// <summary>Whether the bot can no longer edit it.</summary>
    public bool Frozen { get; init; }

    /// <summary>Its buttons, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<(string Text, string Data)>> Buttons =>
        Markup?["inline_keyboard"] is JsonArray rows
            ? [.. rows.Select(r => (IReadOnlyList<(string, string)>)[.. r!.AsArray().Select(b => (b!["text"]!.GetValue<string>(), b["callback_data"]?.GetValue<string>() ?? ""))])]
            : [];

    /// <summary>The payload of the button with a label that begins so.</summary>
    public string Data(string label) => Buttons.SelectMany(r => r).First(b => b.Text.StartsWith(label, StringComparison.Ordinal)).Data;
}
