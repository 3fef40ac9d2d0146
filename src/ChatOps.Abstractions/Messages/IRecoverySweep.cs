namespace ChatOps.Messages;

/// <summary>
/// Finds work that was accepted, has no end yet, and that nobody seems to be doing: left by a crash, a lost wake-up or a store that was away. Every
/// registered sweep runs at start and then periodically. Must be harmless when the work is in good hands. What it throws is logged; the others run all the same.
/// </summary>
public interface IRecoverySweep
{
    /// <summary>A short fixed name for logs: <c>inbox</c>, <c>outbox</c>, <c>approvals</c>, …</summary>
    string Name { get; }

    /// <summary>Looks once and wakes what it finds.</summary>
    /// <param name="atStart">Whether this is the first sweep of the process: whatever says it is being worked on was left by a dead one.</param>
    /// <param name="cancellationToken">The gateway stops.</param>
    Task SweepAsync(bool atStart, CancellationToken cancellationToken);
}
