namespace ChatOps.Agent.Speech;

/// <summary>A transcription that failed, in words for people. The contract of the client leaves exceptions as the only way to say so; <see cref="VoiceNotes"/> turns it back into an answer.</summary>
internal sealed class SpeechException(SpeechFailure failure, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public SpeechFailure Failure { get; } = failure;
}
