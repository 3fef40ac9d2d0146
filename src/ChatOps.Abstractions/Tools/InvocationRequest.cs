using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Tools;

/// <summary>Somebody wants a tool to do something.</summary>
/// <param name="Id">The invocation's id; the same id is never run twice.</param>
/// <param name="Actor">Through which identity; the gate resolves the principal itself.</param>
/// <param name="Tool">Tool name.</param>
/// <param name="Arguments">Raw values.</param>
/// <param name="Source">chat, button, voice, console, cli, api.</param>
public sealed record InvocationRequest(
    string Id, Actor Actor, string Tool, IReadOnlyDictionary<string, string> Arguments, string Source)
{
    /// <summary>The source of what was heard in a voice note.</summary>
    public const string Voice = "voice";

    /// <summary>
    /// Whether it was heard and not written. Words that were misheard, or that somebody else in the room said, must not change anything by themselves: above
    /// <see cref="ChatOps.Policy.Risk.Read"/> the gate always asks on a card, whatever the rules or a standing grant would allow, and nothing is decided by voice.
    /// </summary>
    public bool IsSpoken => string.Equals(Source, Voice, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the answer and the card go; null for CLI and API.</summary>
    public ConversationKey? Conversation { get; init; }

    /// <summary>The inbound message it comes from.</summary>
    public string? InboxId { get; init; }

    /// <summary>Given by the caller; the same key of the same principal answers with the first invocation.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Why, in the requester's words; shown on the card.</summary>
    public string? Why { get; init; }
}
