using System.Globalization;
using ChatOps.Checks;

namespace ChatOps.Tests.Checks.Responses;

/// <summary>What a day with three incidents costs in calls of a model, against asking a model at each cycle whether all is well.</summary>
public sealed class RecordedDayTests(ITestOutputHelper output)
{
    /// <summary>Steps that a model may need for one finding: it looks three times and answers; the end-to-end test needs two.</summary>
    private const int StepsEach = 4;

    private const string Checks = """
        checks:
          - { name: disk, kind: disk, on: all, interval: 1m, recover: 2 }
          - { name: memory, kind: memory, on: all, interval: 1m, recover: 2 }
          - { name: shop, kind: http, url: 'http://x', interval: 30s, recover: 2 }
          - { name: cert, kind: certificate, host: x, interval: 1h, recover: 2 }
          - { name: nginx, kind: service, service: nginx, on: all, interval: 1m, recover: 2 }
        """;

    [Fact]
    public async Task A_day_with_three_incidents_takes_at_least_95_percent_fewer_calls_than_asking_at_each_cycle()
    {
        await using var harness = await CheckHarness.StartAsync(Checks, "web-1", "web-2", "db-1");
        // What the machines did, by the hour: a slip of seconds now and then, and three things that stayed.
        var day = new (int Hour, string Check, string[] Nodes)[] { (3, "disk", ["db-1"]), (11, "nginx", ["web-1", "web-2"]), (19, "cert", []) };
        for (var hour = 0; hour < 24; hour++)
        {
            foreach (var (_, check, nodes) in day.Where(d => d.Hour == hour)) harness.Prober.Finds(check, CheckLevel.Critical, nodes);
            foreach (var (_, check, nodes) in day.Where(d => d.Hour + 2 == hour)) harness.Prober.Finds(check, CheckLevel.Ok, nodes);
            harness.Prober.Finds("shop", CheckLevel.Critical);
            await harness.PassAsync(TimeSpan.FromSeconds(20));
            harness.Prober.Finds("shop", CheckLevel.Ok);
            await harness.PassAsync(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(20));
            await harness.AnswerAsync();
        }

        var incidents = (await harness.Incidents.ListAsync(openOnly: false, 100, TestContext.Current.CancellationToken)).Count;
        var ours = harness.Investigations.Asked.Count * StepsEach;
        output.WriteLine("| a day, 5 checks on 3 nodes, 3 incidents | calls of a model | fewer |");
        output.WriteLine("|---|---|---|");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| checks, a model for each finding ({StepsEach} steps each) | {ours} | |"));
        foreach (var minutes in new[] { 5, 1 })
        {
            var cycles = 24 * 60 / minutes;
            // A model that is asked in a cycle of an incident looks as often as ours does.
            var asking = cycles - incidents + (incidents * StepsEach);
            var fewer = 1 - ((double)ours / asking);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| a model asked every {minutes} min | {asking} | {fewer:P1} |"));
            Assert.True(fewer >= 0.95, $"{ours} calls against {asking}");
        }

        Assert.Equal(3, incidents);
        Assert.Equal(3, harness.Investigations.Asked.Count);
        Assert.Equal(6, harness.Replies.Said.Count);
    }
}
