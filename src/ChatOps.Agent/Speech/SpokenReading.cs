namespace ChatOps.Agent.Speech;

/// <summary>What a transcript means.</summary>
/// <param name="Kind">Which way it goes.</param>
/// <param name="Line">The chat command for <see cref="SpokenKind.Command"/>, with its slash.</param>
internal readonly record struct SpokenReading(SpokenKind Kind, string? Line = null)
{
    /// <summary>No command: talk, a question, or not plain enough.</summary>
    public static readonly SpokenReading Talk = new(SpokenKind.Talk);
}
