using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>What is written down after a try.</summary>
/// <param name="State">Where the step goes.</param>
/// <param name="PlatformId">The platform's id, or of the parts that did arrive.</param>
/// <param name="Error">Why not, when not sent.</param>
/// <param name="Delay">For <see cref="OutboxState.Pending"/>: how long the whole conversation waits.</param>
internal sealed record DeliveryEnd(OutboxState State, string? PlatformId = null, string? Error = null, TimeSpan Delay = default)
{
    /// <summary>Whether the platform may have it although it goes out again: what is sent then says so.</summary>
    public bool Doubtful { get; init; }

    /// <summary>The conversation of the thread that it opened; null for none.</summary>
    public ConversationKey? Thread { get; init; }
}
