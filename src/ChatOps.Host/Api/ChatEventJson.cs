using System.Text.Json;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Host.Api;

/// <summary>A conversation's events as the HTTP API writes them.</summary>
internal static class ChatEventJson
{
    /// <summary>A message of ours, or its passing state.</summary>
    public static void WriteMessage(Utf8JsonWriter writer, string kind, string id, string? answers, RichMessage content)
    {
        writer.WriteStartObject();
        writer.WriteString("event", kind);
        writer.WriteString("id", id);
        if (answers is not null) writer.WriteString("answers", answers);
        writer.WritePropertyName("message");
        JsonSerializer.Serialize(writer, content, Json.Options);
        writer.WriteEndObject();
    }

    /// <summary>The state of what somebody said.</summary>
    public static void WriteInbound(Utf8JsonWriter writer, InboxItem item)
    {
        writer.WriteStartObject();
        writer.WriteString("event", "inbound");
        writer.WriteString("id", item.Id);
        writer.WriteString("text", item.Text);
        writer.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(item.State.ToString()));
        if (item.WaitsFor is { } waitsFor) writer.WriteString("waitsFor", waitsFor);
        if (item.Outcome is { } outcome) writer.WriteString("outcome", outcome);
        writer.WriteEndObject();
    }

    /// <summary>An event without content.</summary>
    public static void WriteBare(Utf8JsonWriter writer, string kind)
    {
        writer.WriteStartObject();
        writer.WriteString("event", kind);
        writer.WriteEndObject();
    }
}
