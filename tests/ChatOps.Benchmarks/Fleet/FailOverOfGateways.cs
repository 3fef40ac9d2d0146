using System.Globalization;
using ChatOps.EndToEnd.Stores;

namespace ChatOps.Benchmarks.Fleet;

/// <summary>How soon another gateway goes on with what a killed one did: real gateways, a real daemon, PostgreSQL and RabbitMQ.</summary>
internal sealed class FailOverOfGateways : IBenchmark
{
    private static readonly TimeSpan ConversationGoal = TimeSpan.FromSeconds(10), OthersGoal = TimeSpan.FromSeconds(15), Interval = TimeSpan.FromSeconds(10);

    public string Name => "fail-over";

    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        var times = await FailOver.RunAsync();
        return
        [
            Row("gateway killed → the turn that it worked on is answered by another", times.Conversation, ConversationGoal),
            Row("gateway killed → its node is connected to another", times.Node, OthersGoal),
            Row("gateway killed → another polls the platform", times.Poller, OthersGoal),
            Row("gateway killed → the next time of a schedule (every 10 s) has been run by another", times.Schedule, OthersGoal + Interval),
        ];
    }

    private static Measure Row(string what, TimeSpan took, TimeSpan goal) =>
        new(what, string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.0} s")) { Goal = string.Create(CultureInfo.InvariantCulture, $"< {goal.TotalSeconds:0} s"), Met = took < goal };
}
