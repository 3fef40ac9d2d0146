using System.Text.Json;

namespace ChatOps.Channels.Telegram.Client;

/// <summary>Reads updates. Pure.</summary>
internal static class TgUpdates
{
    /// <summary>Reads one. One whose content cannot be read keeps its number, so that it can be passed over; without even that it is null.</summary>
    public static TgUpdate? Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("update_id", out var id) || id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out var number))
            return null;
        try
        {
            return element.Deserialize(TgJson.Default.TgUpdate) ?? new TgUpdate { UpdateId = number };
        }
        catch (JsonException)
        {
            return new TgUpdate { UpdateId = number };
        }
    }

    /// <summary>Reads the body of a webhook's call; null when it is no update.</summary>
    public static TgUpdate? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = TgJson.MaxDepth });
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
