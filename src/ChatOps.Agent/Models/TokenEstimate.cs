using System.Text;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Models;

/// <summary>
/// An estimate of tokens without the model's own vocabulary. It rather says too much: a budget that is reserved by it holds, and a conversation that fits by it fits.
/// </summary>
internal static class TokenEstimate
{
    /// <summary>Bytes of UTF-8 to a token. English prose has four or more; code, identifiers and JSON have about three.</summary>
    public const int BytesPerToken = 3;

    /// <summary>What a message costs besides its text: its role and its ends.</summary>
    public const int PerMessage = 4;

    /// <summary>The tokens of a text.</summary>
    public static int Of(string text) => (Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken;

    /// <summary>The tokens of a message with its calls and results.</summary>
    public static int Of(ChatMessage message) => PerMessage + message.Contents.Sum(Of);

    /// <summary>The tokens of what a model is told of a tool.</summary>
    public static int Of(AITool tool) =>
        PerMessage + Of(tool.Name) + Of(tool.Description) + (tool is AIFunctionDeclaration function ? Of(function.JsonSchema.GetRawText()) : 0);

    private static int Of(AIContent content) => content switch
    {
        TextContent text => Of(text.Text),
        FunctionCallContent call => PerMessage + Of(call.CallId) + Of(call.Name) + (call.Arguments?.Sum(a => Of(a.Key) + Of(a.Value?.ToString() ?? "")) ?? 0),
        FunctionResultContent result => PerMessage + Of(result.CallId) + Of(result.Result?.ToString() ?? ""),
        DataContent data => data.Data.Length / BytesPerToken,
        _ => PerMessage,
    };
}
