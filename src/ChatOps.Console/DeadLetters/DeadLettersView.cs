namespace ChatOps.Console.DeadLetters;

/// <summary>What the page of dead letters shows.</summary>
/// <param name="Letters">The newest first.</param>
/// <param name="WhyNot">Why they are not shown, when the gate refused to list them.</param>
/// <param name="MayRetry">Whether this person may send them again.</param>
/// <param name="MayDrop">Whether this person may give them up for good.</param>
public sealed record DeadLettersView(IReadOnlyList<DeadLetterRow> Letters, string? WhyNot, bool MayRetry, bool MayDrop);
