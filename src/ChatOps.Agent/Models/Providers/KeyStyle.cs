namespace ChatOps.Agent.Models.Providers;

/// <summary>How a key is sent.</summary>
internal enum KeyStyle
{
    /// <summary><c>Authorization: Bearer …</c></summary>
    Bearer,

    /// <summary><c>x-api-key: …</c></summary>
    AnthropicKey,

    /// <summary><c>api-key: …</c>; without a key a token of Entra ID as a bearer.</summary>
    AzureKey,
}
