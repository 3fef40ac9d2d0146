using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Tools;

/// <summary>Somebody wants a tool to do something.</summary>
/// <param name="Id">The invocation's id; the same id is never run twice.</param>
/// <param name="Actor">Through which identity; the gate resolves the principal itself.</param>
/// <param name="Tool">Tool name.</param>
/// <param name="Arguments">Raw values.</param>
/// <param name="Source">chat, button, voice, console, cli, api, agent, mcp, schedule.</param>
public sealed record InvocationRequest(
    string Id, Actor Actor, string Tool, IReadOnlyDictionary<string, string> Arguments, string Source)
{
    /// <summary>The source of what was heard in a voice note.</summary>
    public const string Voice = "voice";

    /// <summary>The source of what a model asked for.</summary>
    public const string Agent = "agent";

    /// <summary>The source of what a program asked for over the Model Context Protocol; behind such a program there is a model.</summary>
    public const string Mcp = "mcp";

    /// <summary>The source of what runs at its time, in its owner's name.</summary>
    public const string Schedule = "schedule";

    /// <summary>
    /// Whether it was heard and not written. Words that were misheard, or that somebody else in the room said, must not change anything by themselves: above
    /// <see cref="ChatOps.Policy.Risk.Read"/> the gate always asks on a card, whatever the rules or a standing grant would allow, and nothing is decided by voice.
    /// </summary>
    public bool IsSpoken => string.Equals(Source, Voice, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a model asked for it, ours or one behind an MCP client. What is a person's own decision it may not ask for at all.</summary>
    public bool IsGenerated => string.Equals(Source, Agent, StringComparison.OrdinalIgnoreCase) || string.Equals(Source, Mcp, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the answer and the card go; null for CLI and API.</summary>
    public ConversationKey? Conversation { get; init; }

    /// <summary>The inbound message it comes from.</summary>
    public string? InboxId { get; init; }

    /// <summary>Given by the caller; the same key of the same principal answers with the first invocation.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Why, in the requester's words; shown on the card. A model's words (<see cref="Agent"/>) are labelled as such there.</summary>
    public string? Why { get; init; }

    /// <summary>
    /// The outside text that whoever asks has read before asking (<c>logs of web-1</c>), for people; null for none. Such text may have put the wish into their
    /// mouth: above <see cref="ChatOps.Policy.Risk.Read"/> the gate then asks, whatever standing grants and lenient rules exist, and the card names the source.
    /// </summary>
    public string? TaintedBy { get; init; }

    /// <summary>Whether the caller has not asked with this id before, so that it need not be looked for. Where that is not so nothing runs twice all the same: the store takes an id once.</summary>
    public bool IsNew { get; init; }
}
