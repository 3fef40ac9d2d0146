using System.Globalization;
using ChatOps.Diagnostics;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>How long replies wait for their delivery, and how many were given up.</summary>
internal sealed class OutboxHealth(IStore store, TimeProvider time) : IHealthPart
{
    private const int MaxCounted = 1000;

    public string Name => "outbox";

    public async Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var health = await QueueHealth.CheckAsync(
            store, session => session.Outbox.Waiting(), time, "replies wait for their delivery", "no reply waits", cancellationToken);
        if (health.State == PartState.Failed) return health;
        try
        {
            var (dead, unknown) = await store.ReadAsync(session =>
                (session.Outbox.InState(OutboxState.Failed, MaxCounted).Count, session.Outbox.InState(OutboxState.Unknown, MaxCounted).Count), cancellationToken);
            var facts = new Dictionary<string, string>(health.Facts)
            {
                ["deadLetters"] = Count(dead),
                ["unknown"] = Count(unknown),
            };
            return dead > 0 && health.State == PartState.Ok
                ? new PartHealth(PartState.Degraded, $"{Count(dead)} replies could not be delivered; 'dlq list' says why.", facts)
                : health with { Facts = facts };
        }
        catch (StoreUnavailableException error)
        {
            return new PartHealth(PartState.Failed, error.Message, health.Facts);
        }
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture) + (count == MaxCounted ? "+" : "");
}
