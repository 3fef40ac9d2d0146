namespace ChatOps.Agent.Models.Providers;

/// <summary>The protocol of a service.</summary>
internal enum WireFormat
{
    /// <summary>OpenAI's chat completions, which nearly everybody speaks.</summary>
    OpenAi,

    /// <summary>Anthropic's messages.</summary>
    Anthropic,
}
