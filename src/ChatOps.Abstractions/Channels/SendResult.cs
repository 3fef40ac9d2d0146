namespace ChatOps.Channels;

/// <summary>What became of a send.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="PlatformId">
/// The platform's message id when sent; the channel's own encoding where one message needed several. With <see cref="SendStatus.Retry"/> or <see cref="SendStatus.Ambiguous"/>: the parts that did
/// arrive, null for none. It is stored and comes back as <see cref="OutboundMessage.PlatformId"/>.
/// </param>
/// <param name="RetryAfter">For <see cref="SendStatus.Retry"/>: not before this delay.</param>
/// <param name="Reason">For people, when not sent.</param>
public sealed record SendResult(SendStatus Status, string? PlatformId = null, TimeSpan? RetryAfter = null, string? Reason = null);
