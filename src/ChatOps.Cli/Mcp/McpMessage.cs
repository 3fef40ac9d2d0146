using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOps.Cli.Mcp;

/// <summary>A message of a client on its way: as it was written, and what the bridge needs to know of it.</summary>
/// <param name="Text">The line.</param>
/// <param name="Method">The method; null for an answer.</param>
/// <param name="Id">The request's id as JSON; null when it wants no answer.</param>
internal sealed record McpMessage(string Text, string? Method, string? Id)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a line; null when it is no JSON-RPC message.</summary>
    public static McpMessage? Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            var method = root.TryGetProperty("method", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
            var id = method is not null && root.TryGetProperty("id", out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.GetRawText() : null;
            return new McpMessage(line, method, id);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>An error as the answer to a request.</summary>
    /// <param name="id">The request's id as JSON; null when it could not be read.</param>
    /// <param name="code">A JSON-RPC code.</param>
    /// <param name="message">For people.</param>
    public static string Error(string? id, int code, string message) => new JsonObject
    {
        ["jsonrpc"] = "2.0",
        ["id"] = id is null ? null : JsonNode.Parse(id),
        ["error"] = new JsonObject { ["code"] = code, ["message"] = message },
    }.ToJsonString(Relaxed);

    /// <summary>The same request with another id.</summary>
    public string As(string id)
    {
        var request = JsonNode.Parse(Text)!.AsObject();
        request["id"] = id;
        return request.ToJsonString(Relaxed);
    }
}
