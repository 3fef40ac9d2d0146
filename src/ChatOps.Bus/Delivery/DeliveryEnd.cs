using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>What is written down after a try.</summary>
/// <param name="State">Where the step goes.</param>
/// <param name="PlatformId">The platform's id, when sent.</param>
/// <param name="Error">Why not, when not sent.</param>
/// <param name="Delay">For <see cref="OutboxState.Pending"/>: how long the whole conversation waits.</param>
internal sealed record DeliveryEnd(OutboxState State, string? PlatformId = null, string? Error = null, TimeSpan Delay = default);
