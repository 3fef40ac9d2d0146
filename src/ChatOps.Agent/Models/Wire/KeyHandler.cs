using Azure.Core;
using Azure.Identity;
using ChatOps.Agent.Models.Providers;
using ChatOps.Secrets;

namespace ChatOps.Agent.Models.Wire;

/// <summary>
/// Puts the key on each request at the last moment. The client libraries never have it: a key that is rotated works at once, and no exception or trace of theirs can hold it.
/// </summary>
/// <param name="entry">Whose key.</param>
/// <param name="secrets">Reads references.</param>
/// <param name="redactor">Learns the key, should the service ever repeat it.</param>
/// <param name="identity">The gateway's own identity at Entra ID, for Azure without a key.</param>
internal sealed class KeyHandler(ModelOptions entry, ISecretReferences secrets, IRedactor redactor, Lazy<TokenCredential> identity) : DelegatingHandler
{
    /// <summary>What a token of Entra ID must be for.</summary>
    public const string AzureScope = "https://cognitiveservices.azure.com/.default";

    private static readonly string[] KeyHeaders = ["Authorization", "x-api-key", "api-key"];

    private readonly ModelPreset preset = ModelPresets.Of(entry);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var header in KeyHeaders) request.Headers.Remove(header);
        if (string.IsNullOrEmpty(entry.ApiKey))
        {
            if (preset.Keys == KeyStyle.AzureKey) Add(request, "Authorization", "Bearer " + await TokenAsync(cancellationToken));
        }
        else
        {
            var key = Key();
            Add(request, preset.Keys switch { KeyStyle.AnthropicKey => "x-api-key", KeyStyle.AzureKey => "api-key", _ => "Authorization" }, preset.Keys == KeyStyle.Bearer ? "Bearer " + key : key);
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private string Key()
    {
        var key = secrets.Resolve(entry.ApiKey!);
        if (key.Value?.Trim() is not { Length: > 0 } value)
            throw new EndpointException(ModelFailure.Rejected, $"The key of the model '{entry.Name}' cannot be read: {key.Error ?? "ApiKey is empty."}");
        redactor.AddKnown(value, "model-key");
        return value;
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await identity.Value.GetTokenAsync(new TokenRequestContext([AzureScope]), cancellationToken)).Token;
        }
        catch (AuthenticationFailedException)
        {
            throw new EndpointException(ModelFailure.Rejected,
                $"The model '{entry.Name}' has no ApiKey, and Entra ID gives this gateway no token. Set ApiKey, or give its identity the role 'Cognitive Services OpenAI User' (see docs/models.md).");
        }
    }

    private void Add(HttpRequestMessage request, string header, string value)
    {
        if (!request.Headers.TryAddWithoutValidation(header, value))
            throw new EndpointException(ModelFailure.Rejected, $"ApiKey of the model '{entry.Name}' cannot be sent: it holds characters that no key has.");
    }
}
