using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace ChatOps.Agent.Models.Wire;

/// <summary>Puts a conversation into the messages of chat completions.</summary>
internal static class OpenAiMessages
{
    /// <summary>The messages; each result of a tool becomes one of its own, as the protocol wants it.</summary>
    public static IEnumerable<Sdk.ChatMessage> Of(IEnumerable<ChatMessage> messages) => messages.SelectMany(Of);

    private static IEnumerable<Sdk.ChatMessage> Of(ChatMessage message)
    {
        foreach (var result in message.Contents.OfType<FunctionResultContent>()) yield return new Sdk.ToolChatMessage(result.CallId, ToolCallText.Of(result));
        if (message.Role == ChatRole.Tool) yield break;

        if (message.Role == ChatRole.System) yield return new Sdk.SystemChatMessage(message.Text);
        else if (message.Role == ChatRole.Assistant) yield return Assistant(message);
        else if (Parts(message) is { Count: > 0 } parts) yield return new Sdk.UserChatMessage(parts);
    }

    private static Sdk.AssistantChatMessage Assistant(ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>()
            .Select(c => Sdk.ChatToolCall.CreateFunctionToolCall(c.CallId, c.Name, BinaryData.FromString(ToolCallText.Of(c)))).ToList();
        if (calls.Count == 0) return new Sdk.AssistantChatMessage(message.Text);
        var spoken = new Sdk.AssistantChatMessage(calls);
        if (message.Text is { Length: > 0 } text) spoken.Content.Add(Sdk.ChatMessageContentPart.CreateTextPart(text));
        return spoken;
    }

    private static List<Sdk.ChatMessageContentPart> Parts(ChatMessage message)
    {
        var parts = new List<Sdk.ChatMessageContentPart>();
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextContent text:
                    parts.Add(Sdk.ChatMessageContentPart.CreateTextPart(text.Text));
                    break;
                case DataContent data when data.HasTopLevelMediaType("image"):
                    parts.Add(Sdk.ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(data.Data), data.MediaType));
                    break;
            }
        }

        return parts;
    }
}
