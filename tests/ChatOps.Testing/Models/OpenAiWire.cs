using System.Text.Json.Nodes;

namespace ChatOps.Testing.Models;

/// <summary>Writes answers in the form of chat completions.</summary>
/// <param name="id">The answer's id.</param>
/// <param name="asked">What was asked.</param>
/// <param name="reply">What the script says.</param>
internal sealed class OpenAiWire(string id, ModelAsked asked, ModelReply reply)
{
    private readonly string model = reply.ModelId ?? asked.Model;

    /// <summary>The whole answer.</summary>
    public JsonObject Whole()
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = reply.Declines || reply.Text.Length == 0 ? null : reply.Text, ["refusal"] = reply.Declines ? reply.Text : null };
        if (reply.Calls.Count > 0) message["tool_calls"] = new JsonArray([.. reply.Calls.Select((c, i) => Call(c, i, c.Arguments))]);
        var answer = new JsonObject
        {
            ["id"] = id, ["object"] = "chat.completion", ["created"] = 1_700_000_000, ["model"] = model,
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = reply.NoEnd ? null : Finish(), ["logprobs"] = null }),
        };
        if (!reply.NoUsage) answer["usage"] = Usage();
        return answer;
    }

    /// <summary>The pieces of the text.</summary>
    public IEnumerable<string> TextPieces()
    {
        yield return Piece(new JsonObject { ["role"] = "assistant", ["content"] = "" });
        foreach (var part in Pieces.Of(reply.Text)) yield return Piece(new JsonObject { [reply.Declines ? "refusal" : "content"] = part });
    }

    /// <summary>The pieces after the text.</summary>
    public IEnumerable<string> RestPieces()
    {
        for (var i = 0; i < reply.Calls.Count; i++)
        {
            var first = true;
            foreach (var part in Pieces.Of(reply.Calls[i].Arguments).DefaultIfEmpty(""))
            {
                var call = first ? Call(reply.Calls[i], i, part) : new JsonObject { ["function"] = new JsonObject { ["arguments"] = part } };
                call["index"] = i;
                first = false;
                yield return Piece(new JsonObject { ["tool_calls"] = new JsonArray(call) });
            }
        }

        if (reply.NoEnd) yield break;
        yield return Piece([], Finish());
        if (!reply.NoUsage && asked.Body["stream_options"]?["include_usage"]?.GetValue<bool>() == true)
        {
            var counted = Chunk([]);
            counted["usage"] = Usage();
            yield return $"data: {counted.ToJsonString()}\n\n";
        }

        yield return "data: [DONE]\n\n";
    }

    private string Piece(JsonObject delta, string? finish = null) =>
        $"data: {Chunk(new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish })).ToJsonString()}\n\n";

    private JsonObject Chunk(JsonArray choices) => new()
    {
        ["id"] = id, ["object"] = "chat.completion.chunk", ["created"] = 1_700_000_000, ["model"] = model, ["choices"] = choices,
    };

    private JsonObject Call(ModelCall call, int number, string arguments) => new()
    {
        ["id"] = call.Id ?? $"call_{id}_{number}", ["type"] = "function", ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = arguments },
    };

    private JsonObject Usage() => new()
    {
        ["prompt_tokens"] = reply.InputTokens, ["completion_tokens"] = reply.OutputTokens, ["total_tokens"] = reply.InputTokens + reply.OutputTokens,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = reply.CachedTokens },
    };

    private string Finish() => reply.TooLong ? "length" : reply.Calls.Count > 0 ? "tool_calls" : "stop";
}
