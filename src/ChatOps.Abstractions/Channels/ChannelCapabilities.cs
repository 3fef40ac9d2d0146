namespace ChatOps.Channels;

/// <summary>What a channel can do.</summary>
/// <param name="Buttons">Action buttons.</param>
/// <param name="Edits">Editing sent messages.</param>
/// <param name="Threads">Threads.</param>
/// <param name="MaxTextLength">Longest text of one message in the platform's own counting.</param>
/// <param name="IdempotentSends">
/// Whether sending the same <see cref="OutboundMessage.OutboxId"/> again does no harm, however long after: the platform (or the adapter) knows it by that id. Elsewhere a
/// send with an unknown end is repeated once and says that it may be there twice; one with buttons is not repeated, its owner issues one that supersedes it.
/// </param>
public sealed record ChannelCapabilities(bool Buttons, bool Edits, bool Threads, int MaxTextLength, bool IdempotentSends = false)
{
    /// <summary>Whether people read it at whatever gateway they like, so that a passing state has to be shown by each; elsewhere they read at the platform, and one gateway shows it for all.</summary>
    public bool ReadEverywhere { get; init; }
}
