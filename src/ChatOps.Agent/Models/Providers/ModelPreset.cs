namespace ChatOps.Agent.Models.Providers;

/// <summary>What is known of a provider, so that it need not be configured.</summary>
/// <param name="Name">Its name in <c>Models:…:Provider</c>.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="BaseUrl">The root of its service; null when everybody has an own one.</param>
/// <param name="KeyVariable">The environment variable that usually holds its key.</param>
/// <param name="ContextTokens">The window that its usual models have at least.</param>
internal sealed record ModelPreset(string Name, string Title, string? BaseUrl, string KeyVariable, int ContextTokens)
{
    /// <summary>Its protocol.</summary>
    public WireFormat Format { get; init; } = WireFormat.OpenAi;

    /// <summary>How the key is sent.</summary>
    public KeyStyle Keys { get; init; } = KeyStyle.Bearer;

    /// <summary>Whether it answers nobody without a key.</summary>
    public bool NeedsKey { get; init; } = true;

    /// <summary>The word for the most tokens of an answer: OpenAI's newer one, or the one that everybody else kept.</summary>
    public string MaxTokensField { get; init; } = "max_tokens";

    /// <summary>Whether its models may cost nothing because they run on a machine of one's own.</summary>
    public bool IsFree { get; init; }

    /// <summary>An address such as is meant.</summary>
    public string Example { get; init; } = BaseUrl ?? "https://models.example.com/v1";
}
