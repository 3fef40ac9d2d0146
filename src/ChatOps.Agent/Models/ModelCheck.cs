using System.Text.Json;
using ChatOps.Agent.Models.Pool;
using ChatOps.Agent.Models.Providers;
using ChatOps.Agent.Models.Wire;
using ChatOps.Diagnostics;
using ChatOps.Models;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Models;

/// <summary>Asks each service for its list of models, which costs nothing and tells whether address, key and model are right.</summary>
internal sealed class ModelCheck(ConfiguredModels models, TimeProvider time) : IModelCheck
{
    /// <summary>How long one service may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private const string Question = "Say in at most five words that you are ready.";
    private const int MaxAnswerTokens = 1024;
    private const int MaxShown = 120;
    private const int MaxList = 4 * 1024 * 1024;
    private const string AnthropicVersion = "2023-06-01";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ModelFinding>> CheckAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(models.Pools.SelectMany(p => p.Endpoints).Select(e => CheckAsync(e, cancellationToken)));

    /// <inheritdoc/>
    public async Task<ModelFinding> AskAsync(CancellationToken cancellationToken)
    {
        var endpoint = models.Find(null).Endpoints[0];
        var words = new ShownText(static _ => { });
        try
        {
            var result = await new Attempt(endpoint, time).RunAsync([new(ChatRole.User, Question)], new ChatOptions { MaxOutputTokens = Math.Min(MaxAnswerTokens, endpoint.Entry.MaxTokens) }, words, cancellationToken);
            var said = Rendering.InertText.Of(words.Text.ReplaceLineEndings(" ")).Trim();
            return said.Length == 0
                ? new("model.silent", PartState.Degraded, $"{result.ModelId} answers, but without a word.", "A model that thinks long may need more MaxTokens; try another one.")
                : new("model.answered", PartState.Ok, $"{result.ModelId} answers: \"{(said.Length <= MaxShown ? said : said[..MaxShown] + "…")}\"");
        }
        catch (EndpointException e)
        {
            return new($"model.{(e.Failure == ModelFailure.Rejected ? "key" : "unreachable")}", PartState.Failed, e.Message, "Look at the key, at the model's name and at the address.");
        }
    }

    private async Task<ModelFinding> CheckAsync(ModelEndpoint endpoint, CancellationToken cancellationToken)
    {
        var entry = endpoint.Entry;
        var who = $"The model '{entry.Name}' ({entry.Provider}, {entry.Model})";
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var names = await ListAsync(endpoint, either.Token);

            // An Azure deployment and some servers' aliases are in no list.
            return names is null || names.Contains(entry.Model) || ModelPresets.Of(entry).Keys == KeyStyle.AzureKey
                ? new("model.ok", PartState.Ok, $"{who} answers.")
                : new("model.unlisted", PartState.Degraded, $"{who}: the service answers, but does not list this model.", $"Look at Model; it lists {string.Join(", ", names.Take(8))}{(names.Count > 8 ? ", …" : "")}.");
        }
        catch (EndpointException e)
        {
            return new($"model.{(e.Failure == ModelFailure.Rejected ? "key" : "unreachable")}", PartState.Failed, $"{who}: {e.Message}", "Correct it under Models; `chatops config explain Models:0:ApiKey` says where it stands.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new("model.slow", PartState.Failed, $"{who} did not answer within {Limit.TotalSeconds:0} s.", "Look at BaseUrl and at the network.");
        }
    }

    // Null where the service has no list: that it answers at all is then all that can be known for nothing.
    private static async Task<IReadOnlyList<string>?> ListAsync(ModelEndpoint endpoint, CancellationToken cancellationToken)
    {
        var isAnthropic = ModelPresets.Of(endpoint.Entry).Format == WireFormat.Anthropic;
        using var request = new HttpRequestMessage(HttpMethod.Get, Connections.AddressOf(endpoint.Entry) + (isAnthropic ? "/v1/models?limit=1000" : "/models"));
        if (isAnthropic) request.Headers.Add("anthropic-version", AnthropicVersion);
        try
        {
            using var response = await endpoint.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            await response.Content.LoadIntoBufferAsync(MaxList, cancellationToken);
            using var list = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            return list.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
                ? [.. data.EnumerateArray().Select(m => m.TryGetProperty("id", out var id) ? id.GetString() : null).OfType<string>().Select(Plain)]
                : null;
        }
        catch (EndpointException e) when (e.Failure == ModelFailure.Refused)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or InvalidOperationException)
        {
            throw new EndpointException(ModelFailure.Malformed, "the service's list of models cannot be read. Look at BaseUrl.");
        }
    }

    // Gemini lists models/gemini-…, which is asked for as gemini-….
    private static string Plain(string id) => id.StartsWith("models/", StringComparison.Ordinal) ? id["models/".Length..] : id;
}
