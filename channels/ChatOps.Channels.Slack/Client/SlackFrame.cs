using System.Text.Json;

namespace ChatOps.Channels.Slack.Client;

/// <summary>A frame of Socket Mode.</summary>
/// <param name="Type"><c>hello</c>, <c>disconnect</c>, <c>events_api</c>, <c>interactive</c>, <c>slash_commands</c>.</param>
/// <param name="EnvelopeId">What an acknowledgement names; empty for frames that want none.</param>
/// <param name="Payload">The event.</param>
/// <param name="Reason">Of a disconnect.</param>
/// <param name="RetryAttempt">How often Slack tried before.</param>
/// <param name="Connections">Of a hello: how many connections the app has; 0 when not said.</param>
internal sealed record SlackFrame(string Type, string EnvelopeId, JsonElement Payload, string Reason, int RetryAttempt, int Connections)
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 64 };

    /// <summary>Reads a frame; null for what is none.</summary>
    public static SlackFrame? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Reading);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            var payload = root.TryGetProperty("payload", out var p) && p.ValueKind == JsonValueKind.Object ? p.Clone() : default;
            return new SlackFrame(Text(root, "type"), Text(root, "envelope_id"), payload, Text(root, "reason"), Number(root, "retry_attempt"), Number(root, "num_connections"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;
}
