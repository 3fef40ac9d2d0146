using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Context;

/// <summary>How a step of a turn is written in the store: a model's message with its calls, or a message of the role <c>tool</c> with a call's result.</summary>
internal static class StepJson
{
    /// <summary>Writes a step.</summary>
    public static string Write(ChatMessage message) => JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions);

    /// <summary>Reads one that we wrote.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ChatMessage Read(string json)
    {
        var message = JsonSerializer.Deserialize<ChatMessage>(json, AIJsonUtilities.DefaultOptions) ?? throw new JsonException("A step of a turn is null.");
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            if (result.Result is JsonElement { ValueKind: JsonValueKind.String } text) result.Result = text.GetString();
        }

        return message;
    }
}
