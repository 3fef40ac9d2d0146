using ChatOps.Messages;

namespace ChatOps.Agent.Speech;

/// <summary>What listening to a voice note gave: words that may be acted on, or an answer that says why not.</summary>
internal sealed record VoiceNote
{
    private VoiceNote()
    {
    }

    /// <summary>What was heard and may be acted on; null when there is a refusal.</summary>
    public Transcript? Transcript { get; private init; }

    /// <summary>Why nothing is done, and what to do.</summary>
    public RichMessage? Refusal { get; private init; }

    /// <summary>The reason in a word, for the inbox and metrics.</summary>
    public string Outcome { get; private init; } = "heard";

    /// <summary>It was understood.</summary>
    public static VoiceNote Of(Transcript transcript) => new() { Transcript = transcript };

    /// <summary>It was not, or must not be acted on.</summary>
    public static VoiceNote Not(string outcome, RichMessage refusal) => new() { Outcome = outcome, Refusal = refusal };
}
