using System.Globalization;
using ChatOps.Diagnostics;

namespace ChatOps.Bus;

/// <summary>How the bus is.</summary>
internal sealed class BusHealth(MessageBus bus, BusOptions options) : IHealthPart
{
    public string Name => "bus";

    public Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var counts = bus.Counts;
        var facts = new Dictionary<string, string>
        {
            ["transport"] = options.Transport.ToString(),
            ["queued"] = counts.Queued.ToString(CultureInfo.InvariantCulture),
            ["dropped"] = counts.Dropped.ToString(CultureInfo.InvariantCulture),
            ["failed"] = counts.Failed.ToString(CultureInfo.InvariantCulture),
        };
        var health = !bus.IsRunning ? new PartHealth(PartState.Failed, "Not started; messages are accepted but nothing works on them yet.", facts)
            : counts.Queued > options.MaxQueued / 2 ? new PartHealth(PartState.Degraded, $"{counts.Queued} wake-ups wait; work is delayed.", facts)
            : new PartHealth(PartState.Ok, "Carries messages.", facts);
        return Task.FromResult(health);
    }
}
