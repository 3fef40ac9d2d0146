using ChatOps.Messages;

namespace ChatOps.Console.DeadLetters;

/// <summary>What the page of one dead letter shows.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its state, its reason and what it says, without its buttons; or why it is not shown.</param>
/// <param name="MayRetry">Whether this person may send it again.</param>
/// <param name="MayDrop">Whether this person may give it up for good.</param>
public sealed record DeadLetterView(string Id, RichMessage Content, bool MayRetry, bool MayDrop);
