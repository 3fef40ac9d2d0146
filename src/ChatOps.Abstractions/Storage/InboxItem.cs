using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Storage;

/// <summary>An accepted inbound message.</summary>
/// <param name="Id">Sortable id.</param>
/// <param name="PlatformKey">Unique key of the platform's event.</param>
/// <param name="ConversationId">Its conversation.</param>
/// <param name="Actor">Who, as the platform said.</param>
/// <param name="Kind">Text or button.</param>
/// <param name="Text">Redacted text, or token.</param>
/// <param name="ReceivedAt">When it was committed.</param>
/// <param name="State">Where it is.</param>
/// <param name="Attempts">How often a turn began on it; a message that fails too often is parked as failed.</param>
/// <param name="WaitsFor">The invocation that its suspended turn waits for.</param>
/// <param name="Outcome">One word or sentence once terminal.</param>
public sealed record InboxItem(
    string Id,
    string PlatformKey,
    string ConversationId,
    Actor Actor,
    InboundKind Kind,
    string Text,
    DateTimeOffset ReceivedAt,
    InboxState State = InboxState.Accepted,
    int Attempts = 0,
    string? WaitsFor = null,
    string? Outcome = null)
{
    /// <summary>What the platform told besides the text: group, anchor, files.</summary>
    public InboundContext Context { get; init; } = InboundContext.None;
}
