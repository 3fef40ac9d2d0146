namespace ChatOps.Channels;

/// <summary>What became of a send.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="PlatformId">
/// The platform's message id when sent; the channel's own encoding where one message needed several. With <see cref="SendStatus.Retry"/> or <see cref="SendStatus.Ambiguous"/>: the parts that did
/// arrive, null for none. It is stored and comes back as <see cref="OutboundMessage.PlatformId"/>.
/// </param>
/// <param name="RetryAfter">For <see cref="SendStatus.Retry"/>: not before this delay.</param>
/// <param name="Reason">For people, when not sent.</param>
public sealed record SendResult(SendStatus Status, string? PlatformId = null, TimeSpan? RetryAfter = null, string? Reason = null)
{
    /// <summary>
    /// With <see cref="SendStatus.Ambiguous"/>: the platform, or what stands before it, answered that it failed, so it very probably did nothing. That is how an outage looks, and the step is tried
    /// again for as long as any other; one whose connection broke is repeated once.
    /// </summary>
    public bool SaidFailed { get; init; }

    /// <summary>With <see cref="SendStatus.Sent"/>: the conversation of the thread that <see cref="OutboundMessage.ThreadTitle"/> asked for; null when there is none.</summary>
    public ChatOps.Messages.ConversationKey? Thread { get; init; }
}
