using System.Text.Json;

namespace ChatOps.Channels.Slack.Client;

/// <summary>JSON from Slack, read without trust: what is missing or of another kind is empty.</summary>
/// <param name="json">The element.</param>
internal readonly struct SlackPayload(JsonElement json)
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 64 };

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => json.ValueKind == JsonValueKind.Object;

    /// <summary>Reads an object; one that is none for anything else.</summary>
    public static SlackPayload Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Reading);
            return new SlackPayload(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>What is at a path.</summary>
    public SlackPayload At(params ReadOnlySpan<string> path)
    {
        var at = json;
        foreach (var name in path)
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return default;
        return new SlackPayload(at);
    }

    /// <summary>Whether something is there.</summary>
    public bool Has(string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False);

    /// <summary>A text; empty when there is none.</summary>
    public string Text(params ReadOnlySpan<string> path) => At(path).AsText();

    /// <summary>A whole number; null when there is none.</summary>
    public long? Number(string name)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var value)) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
    }

    /// <summary>The elements of a list.</summary>
    public IEnumerable<SlackPayload> Items(string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(item => new SlackPayload(item))
            : [];

    /// <summary>The members of an object.</summary>
    public IEnumerable<SlackPayload> Members() => IsObject ? json.EnumerateObject().Select(member => new SlackPayload(member.Value)) : [];

    // An unpaired surrogate in a text makes reading it throw.
    private string AsText()
    {
        if (json.ValueKind != JsonValueKind.String) return "";
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
