namespace ChatOps.Agent.Speech;

/// <summary>What a service heard, and how sure it is.</summary>
/// <param name="Text">The words; may be empty.</param>
/// <param name="Language">ISO 639-1; null when the service does not say.</param>
/// <param name="Duration">Playing time as the service measured it; null when it does not say.</param>
/// <param name="Confidence">How sure it is of the words, 0 to 1; null when it does not say.</param>
/// <param name="NoSpeech">How likely nobody spoke at all, 0 to 1; null when it does not say.</param>
internal sealed record Transcript(string Text, string? Language = null, TimeSpan? Duration = null, double? Confidence = null, double? NoSpeech = null);
