using System.Diagnostics.Metrics;
using System.Globalization;
using ChatOps.Diagnostics;

namespace ChatOps.Host.Telemetry;

/// <summary>How each part is, as gauges: what <c>status</c> says in words. The parts are asked when somebody collects.</summary>
internal sealed class PartGauges
{
    private readonly PartsHealth parts;
    private volatile IReadOnlyList<(string Name, PartHealth Health)> states = [];

    /// <summary>Makes the instruments.</summary>
    public PartGauges(PartsHealth parts, IMeterFactory meters)
    {
        this.parts = parts;
        var meter = meters.Create("ChatOps");
        meter.CreateObservableGauge("chatops.part.state", () => states.Select(s => new Measurement<int>((int)s.Health.State, Label("part", s.Name))), "",
            "How a part is: 0 works, 1 works with a restriction, 2 does not work.");
        meter.CreateObservableGauge("chatops.queue.waiting", () => Facts("waiting", "queue"), "{entry}", "What waits: messages for their turn (inbox), replies for their delivery (outbox), questions for people (approvals).");
        meter.CreateObservableGauge("chatops.queue.age", () => Facts("oldestSeconds", "queue"), "s", "For how long the oldest of these has been waiting.");
        meter.CreateObservableGauge("chatops.dead.letters", () => Facts("deadLetters", null), "{reply}", "Replies that will never be delivered by themselves; up to 1000 are counted.");
        meter.CreateObservableGauge("chatops.nodes", () => Counts("nodes"), "{node}", "Nodes by state.");
        meter.CreateObservableGauge("chatops.checks", () => Counts("checks"), "{check}", "Checks by state.");
    }

    /// <summary>Asks every part.</summary>
    public async Task LookAsync(CancellationToken cancellationToken) => states = await parts.CheckAsync(cancellationToken);

    private IEnumerable<Measurement<double>> Facts(string fact, string? label) =>
        from state in states
        where state.Health.Facts.ContainsKey(fact)
        select label is null ? new Measurement<double>(Number(state.Health.Facts[fact])) : new Measurement<double>(Number(state.Health.Facts[fact]), Label(label, state.Name));

    private IEnumerable<Measurement<double>> Counts(string part) =>
        from state in states
        where state.Name == part
        from fact in state.Health.Facts
        select new Measurement<double>(Number(fact.Value), Label("state", fact.Key));

    // A count at its bound is written with a plus sign.
    private static double Number(string fact) => double.TryParse(fact.TrimEnd('+'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
