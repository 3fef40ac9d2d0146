using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOps.Testing.Models;

/// <summary>Writes answers in the form of Anthropic's messages.</summary>
/// <param name="id">The answer's id.</param>
/// <param name="asked">What was asked.</param>
/// <param name="reply">What the script says.</param>
internal sealed class AnthropicWire(string id, ModelAsked asked, ModelReply reply)
{
    private int block;

    /// <summary>The whole answer.</summary>
    public JsonObject Whole()
    {
        var content = new JsonArray();
        if (reply.Text.Length > 0) content.Add(new JsonObject { ["type"] = "text", ["text"] = reply.Text });
        for (var i = 0; i < reply.Calls.Count; i++)
        {
            var call = Call(i);
            call["input"] = JsonNode.Parse(reply.Calls[i].Arguments);
            content.Add(call);
        }

        return Message(content, reply.NoEnd ? null : Stop());
    }

    /// <summary>The pieces of the text.</summary>
    public IEnumerable<string> TextPieces()
    {
        yield return Event("message_start", new JsonObject { ["message"] = Message([], null) });
        yield return Event("ping", []);
        if (reply.Text.Length == 0) yield break;
        yield return Start(new JsonObject { ["type"] = "text", ["text"] = "" });
        foreach (var part in Pieces.Of(reply.Text)) yield return Delta(new JsonObject { ["type"] = "text_delta", ["text"] = part });
    }

    /// <summary>The pieces after the text.</summary>
    public IEnumerable<string> RestPieces()
    {
        if (reply.NoEnd) yield break;
        if (reply.Text.Length > 0) yield return End();
        for (var i = 0; i < reply.Calls.Count; i++)
        {
            var call = Call(i);
            call["input"] = new JsonObject();
            yield return Start(call);
            foreach (var part in Pieces.Of(reply.Calls[i].Arguments)) yield return Delta(new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = part });
            yield return End();
        }

        yield return Event("message_delta", new JsonObject
        {
            ["delta"] = new JsonObject { ["stop_reason"] = Stop(), ["stop_sequence"] = null }, ["usage"] = new JsonObject { ["output_tokens"] = reply.OutputTokens },
        });
        yield return Event("message_stop", []);
    }

    private JsonObject Message(JsonArray content, string? stop) => new()
    {
        ["id"] = id, ["type"] = "message", ["role"] = "assistant", ["model"] = reply.ModelId ?? asked.Model, ["content"] = content, ["stop_reason"] = stop, ["stop_sequence"] = null,
        ["usage"] = new JsonObject
        {
            ["input_tokens"] = reply.InputTokens - reply.CachedTokens, ["cache_read_input_tokens"] = reply.CachedTokens, ["cache_creation_input_tokens"] = 0,
            ["output_tokens"] = stop is null ? 1 : reply.OutputTokens,
        },
    };

    private JsonObject Call(int number) => new()
    {
        ["type"] = "tool_use", ["id"] = reply.Calls[number].Id ?? $"toolu_{id}_{number}", ["name"] = reply.Calls[number].Name,
    };

    private string Start(JsonObject content) => Event("content_block_start", new JsonObject { ["index"] = block, ["content_block"] = content });

    private string Delta(JsonObject delta) => Event("content_block_delta", new JsonObject { ["index"] = block, ["delta"] = delta });

    private string End() => Event("content_block_stop", new JsonObject { ["index"] = block++ });

    private static string Event(string type, JsonObject data)
    {
        data["type"] = type;
        return $"event: {type}\ndata: {data.ToJsonString(JsonSerializerOptions.Default)}\n\n";
    }

    private string Stop() => reply.Declines ? "refusal" : reply.TooLong ? "max_tokens" : reply.Calls.Count > 0 ? "tool_use" : "end_turn";
}
