using System.Globalization;
using ChatOps.Diagnostics;

namespace ChatOps.Bus;

/// <summary>How the bus is.</summary>
internal sealed class BusHealth(MessageBus bus, BusOptions options, TimeProvider time) : IHealthPart
{
    /// <summary>How long a start that is under way is waited for: who asks in that moment wants to know how it ends.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(5);

    public string Name => "bus";

    public bool IsOutside => options.Transport == BusTransport.RabbitMq;

    public async Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        if (!bus.IsRunning) await Task.WhenAny(bus.Starting, Task.Delay(StartTime, time, cancellationToken));
        var counts = bus.Counts;
        var facts = new Dictionary<string, string>
        {
            ["transport"] = options.Transport.ToString(),
            ["queued"] = counts.Queued.ToString(CultureInfo.InvariantCulture),
            ["dropped"] = counts.Dropped.ToString(CultureInfo.InvariantCulture),
            ["failed"] = counts.Failed.ToString(CultureInfo.InvariantCulture),
        };
        return !bus.IsRunning ? new PartHealth(PartState.Failed, "Not started; messages are accepted but nothing works on them yet.", facts)
            : bus.Trouble is { } trouble ? new PartHealth(PartState.Degraded, $"{trouble} Work goes on in this gateway; others find theirs more slowly.", facts)
            : counts.Queued > options.MaxQueued / 2 ? new PartHealth(PartState.Degraded, $"{counts.Queued} wake-ups wait; work is delayed.", facts)
            : new PartHealth(PartState.Ok, "Carries messages.", facts);
    }
}
