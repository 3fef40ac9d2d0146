using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using ChatOps.Agent.Models.Providers;
using Microsoft.Extensions.AI;
using OpenAI;
using Sdk = OpenAI.Chat;

namespace ChatOps.Agent.Models.Wire;

/// <summary>OpenAI's own client behind the common interface, for OpenAI and everybody who speaks its chat completions. Retries, limits and the key are ours.</summary>
internal sealed class OpenAiChatClient : IChatClient
{
    // The library insists on a key; the real one is put on by KeyHandler.
    private const string NoKey = "-";

    private readonly Sdk.ChatClient client;
    private readonly ModelOptions entry;
    private readonly OpenAiRequests requests;

    private OpenAiChatClient(ModelOptions entry, Sdk.ChatClient client)
    {
        this.entry = entry;
        this.client = client;
        requests = new OpenAiRequests(entry.MaxTokens, ModelPresets.Of(entry).MaxTokensField);
    }

    /// <summary>Makes it.</summary>
    public static OpenAiChatClient Create(ModelOptions entry, HttpClient http) => new(entry, new Sdk.ChatClient(
        entry.Model, new ApiKeyCredential(NoKey),
        new OpenAIClientOptions
        {
            Endpoint = new Uri(Connections.AddressOf(entry)), Transport = new HttpClientPipelineTransport(http), RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan, EnableDistributedTracing = false,
        }));

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Sdk.ChatCompletion completion = await client.CompleteChatAsync(OpenAiMessages.Of(messages), requests.Options(options), cancellationToken);
        var contents = new List<AIContent>();
        foreach (var part in completion.Content.Where(p => p.Text is { Length: > 0 })) contents.Add(new TextContent(part.Text));
        if (completion.Refusal is { Length: > 0 } refusal) contents.Add(new ErrorContent(refusal) { ErrorCode = RefusalCode });
        contents.AddRange(completion.ToolCalls.Select((call, i) =>
            ToolCallText.Parse(call.Id is { Length: > 0 } id ? id : $"{completion.Id}-{i}", call.FunctionName, call.FunctionArguments.ToString())));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = completion.Id, ModelId = completion.Model, FinishReason = Finish(completion.FinishReason), Usage = Usage(completion.Usage),
        };
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var calls = new OpenAiCallPieces();
        string? id = null, model = null;
        await foreach (var piece in client.CompleteChatStreamingAsync(OpenAiMessages.Of(messages), requests.Options(options), cancellationToken))
        {
            id ??= piece.CompletionId;
            model ??= piece.Model is { Length: > 0 } name ? name : null;
            var update = new ChatResponseUpdate { Role = ChatRole.Assistant, ResponseId = id, ModelId = model, FinishReason = piece.FinishReason is { } finish ? Finish(finish) : null };
            foreach (var part in piece.ContentUpdate.Where(p => p.Text is { Length: > 0 })) update.Contents.Add(new TextContent(part.Text));
            if (piece.RefusalUpdate is { Length: > 0 } refusal) update.Contents.Add(new ErrorContent(refusal) { ErrorCode = RefusalCode });
            foreach (var call in piece.ToolCallUpdates) calls.Add(call.Index, call.ToolCallId, call.FunctionName, call.FunctionArgumentsUpdate?.ToString() ?? "");
            if (piece.Usage is { } usage) update.Contents.Add(new UsageContent(Usage(usage)));
            yield return update;
        }

        if (calls.Any) yield return new ChatResponseUpdate(ChatRole.Assistant, [.. calls.Finish(id ?? "call")]) { ResponseId = id, ModelId = model };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(entry.Provider, new Uri(Connections.AddressOf(entry)), entry.Model)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The connections belong to whoever made them.
    }

    /// <summary>The code of content that says that the model declines.</summary>
    public const string RefusalCode = "Refusal";

    private static ChatFinishReason Finish(Sdk.ChatFinishReason reason) => reason switch
    {
        Sdk.ChatFinishReason.Length => ChatFinishReason.Length,
        Sdk.ChatFinishReason.ToolCalls or Sdk.ChatFinishReason.FunctionCall => ChatFinishReason.ToolCalls,
        Sdk.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.Stop,
    };

    private static UsageDetails Usage(Sdk.ChatTokenUsage? usage) => new()
    {
        InputTokenCount = usage?.InputTokenCount, OutputTokenCount = usage?.OutputTokenCount, TotalTokenCount = usage?.TotalTokenCount,
        CachedInputTokenCount = usage?.InputTokenDetails?.CachedTokenCount,
    };
}
