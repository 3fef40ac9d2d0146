namespace ChatOps.Agent.Speech;

/// <summary>Who turns speech into text. All speak the same protocol; they differ in address, key and models.</summary>
public enum SpeechProvider
{
    /// <summary>Nobody: voice notes are answered with what to configure.</summary>
    None,

    /// <summary>OpenAI.</summary>
    OpenAI,

    /// <summary>Groq.</summary>
    Groq,

    /// <summary>Azure OpenAI, its v1 endpoint.</summary>
    Azure,

    /// <summary>Any server with the same protocol, such as a Whisper server of one's own.</summary>
    Local,
}
