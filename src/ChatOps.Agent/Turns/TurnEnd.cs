using ChatOps.Audit;
using ChatOps.Costs;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Agent.Turns;

/// <summary>How a turn ends; committed in one transaction with the next one's beginning.</summary>
/// <param name="State">The message's state from now on.</param>
/// <param name="Outcome">One word or sentence for the inbox row; null while suspended.</param>
/// <param name="Reply">What is said; null when there is nothing to say.</param>
internal sealed record TurnEnd(InboxState State, string? Outcome, RichMessage? Reply)
{
    /// <summary>The invocation that a suspended turn waits for.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>The budget at which a suspended turn lies still; null when it waits for people or not at all.</summary>
    public BudgetPause? Pause { get; init; }

    /// <summary>The "working" message that becomes the reply; null when none was posted by this turn.</summary>
    public string? WorkingMessage { get; init; }

    /// <summary>Whether the reply only replaces a "working" message: without one, something else (a card) has said it.</summary>
    public bool OnlyIfWorking { get; init; }

    /// <summary>Whether only the person who wrote or pressed may see the reply: a refusal is nobody else's business.</summary>
    public bool Private { get; init; }

    /// <summary>The approval whose live card stands in the reply's place; null for none.</summary>
    public string? Card { get; init; }

    /// <summary>Whether a model led it: suspended, it is begun again when what it waits for has ended, and its reply stands below the cards that it asked for.</summary>
    public bool Continues { get; init; }

    /// <summary>What is recorded about the turn itself; null for nothing.</summary>
    public AuditEntry? Record { get; init; }

    /// <summary>Whether its message is not open any more once this is written.</summary>
    public bool IsOver => State is InboxState.Done or InboxState.Failed or InboxState.Cancelled && Pause is null;

    /// <summary>Answered.</summary>
    public static TurnEnd Done(string outcome, RichMessage? reply) => new(InboxState.Done, outcome, reply);
}
