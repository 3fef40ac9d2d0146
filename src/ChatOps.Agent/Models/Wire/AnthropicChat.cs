using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Models.Wire;

/// <summary>Anthropic's own client, as it comes. Retries, limits and the key are ours.</summary>
internal static class AnthropicChat
{
    // The library insists on a key; the real one is put on by KeyHandler.
    private const string NoKey = "-";

    /// <summary>Makes it.</summary>
    public static IChatClient Create(ModelOptions entry, HttpClient http) =>
        new AnthropicClient(new ClientOptions
        {
            HttpClient = http, BaseUrl = Connections.AddressOf(entry), ApiKey = NoKey, MaxRetries = 0, Timeout = Timeout.InfiniteTimeSpan,
        }).AsIChatClient(entry.Model, entry.MaxTokens);
}
