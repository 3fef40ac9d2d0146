using System.Text;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace ChatOps.Agent.Models.Wire;

/// <summary>Puts what is asked for into the words of chat completions.</summary>
/// <param name="maxTokens">The most tokens of an answer, when the request does not say.</param>
/// <param name="maxTokensField">The provider's word for them.</param>
internal sealed class OpenAiRequests(int maxTokens, string maxTokensField)
{
    private static readonly BinaryData NoParameters = BinaryData.FromString("""{"type":"object","properties":{}}""");

    private readonly byte[] maxTokensPath = Encoding.UTF8.GetBytes("$." + maxTokensField);

    /// <summary>The options of a request.</summary>
    public Sdk.ChatCompletionOptions Options(ChatOptions? asked)
    {
        var options = new Sdk.ChatCompletionOptions { Temperature = asked?.Temperature };
        foreach (var tool in asked?.Tools ?? []) options.Tools.Add(Tool(tool));

        // The library knows OpenAI's newer word alone, which most other services refuse or ignore. What sets a field by its path is marked as experimental there.
#pragma warning disable SCME0001
        options.Patch.Set(maxTokensPath, asked?.MaxOutputTokens ?? maxTokens);
#pragma warning restore SCME0001
        return options;
    }

    private static Sdk.ChatTool Tool(AITool tool) => Sdk.ChatTool.CreateFunctionTool(
        tool.Name, tool.Description, tool is AIFunctionDeclaration function ? BinaryData.FromString(function.JsonSchema.GetRawText()) : NoParameters);
}
