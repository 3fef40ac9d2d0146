namespace ChatOps.Models;

/// <summary>A turn as it was and as it would be now.</summary>
/// <param name="MessageId">The message that it answers.</param>
/// <param name="Asked">What was asked.</param>
/// <param name="Before">Its calls as they were recorded.</param>
/// <param name="Now">Its calls as they would be.</param>
/// <param name="AnswerBefore">The answer as it was recorded.</param>
/// <param name="AnswerNow">The answer as it would be; null when no model was asked.</param>
public sealed record ReplayedTurn(
    string MessageId, string Asked, IReadOnlyList<ReplayedCall> Before, IReadOnlyList<ReplayedCall> Now, string AnswerBefore, string? AnswerNow)
{
    /// <summary>Whether the same calls are proposed, in the same order.</summary>
    public bool SameCalls => Before.Select(c => (c.Tool, c.ArgumentsJson)).SequenceEqual(Now.Select(c => (c.Tool, c.ArgumentsJson)));

    /// <summary>Whether each of them would be let run, asked about or refused as it was.</summary>
    public bool SameVerdicts => Before.Select(c => c.Verdict).SequenceEqual(Now.Select(c => c.Verdict));

    /// <summary>Whether the answer is the same, word for word.</summary>
    public bool SameAnswer => AnswerNow is null || AnswerNow.Trim() == AnswerBefore.Trim();

    /// <summary>Whether nothing differs.</summary>
    public bool IsSame => SameCalls && SameVerdicts && SameAnswer;
}
