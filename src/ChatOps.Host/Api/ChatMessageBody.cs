using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ChatOps.Host.Http;

namespace ChatOps.Host.Api;

/// <summary>The body of <c>POST /api/chat/messages</c>.</summary>
/// <param name="Conversation">Which of the caller's conversations; <c>cli</c> when not given.</param>
/// <param name="ClientId">Made by the caller; the same id is accepted once.</param>
/// <param name="Text">What is said.</param>
internal sealed record ChatMessageBody(string Conversation, string ClientId, string Text)
{
    private const int MaxNameLength = 32;
    private const int MaxClientIdLength = 64;
    private const string DefaultConversation = "cli";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = GatewayLimits.JsonDepth, AllowDuplicateProperties = false };

    /// <summary>Whether a text names a conversation.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameLength && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Reads a body, or says what is wrong with it.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out ChatMessageBody? body, [NotNullWhen(false)] out string? problem)
    {
        body = null;
        problem = null;
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var values = new Dictionary<string, string>();
            if (document.RootElement.ValueKind != JsonValueKind.Object) problem = "The body must be a JSON object.";
            else
            {
                foreach (var member in document.RootElement.EnumerateObject())
                {
                    if (member.Name is not ("conversation" or "clientId" or "text")) problem ??= $"'{member.Name}' is not known here.";
                    else if (member.Value.ValueKind == JsonValueKind.String) values[member.Name] = member.Value.GetString()!;
                    else problem ??= $"'{member.Name}' must be text.";
                }
            }

            var conversation = values.GetValueOrDefault("conversation", DefaultConversation);
            if (!IsName(conversation)) problem ??= $"'conversation' is 1 to {MaxNameLength} lower-case letters, digits and '-'.";
            if (values.GetValueOrDefault("clientId") is not { Length: > 0 and <= MaxClientIdLength } clientId)
            {
                problem ??= $"'clientId' must be text of 1 to {MaxClientIdLength} characters, new for each message.";
                return false;
            }

            if (!values.TryGetValue("text", out var text)) problem ??= "'text' is missing.";
            if (problem is not null) return false;
            body = new(conversation, clientId, text!);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            problem = "The body is not valid JSON.";
            return false;
        }
    }
}
