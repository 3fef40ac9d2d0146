using System.Globalization;
using ChatOps.Checks;
using ChatOps.Testing.Models;

namespace ChatOps.Tests.Checks.Responses;

/// <summary>What a day with three incidents costs in calls of a model, against asking a model at each cycle whether all is well.</summary>
public sealed class RecordedDayTests(ITestOutputHelper output)
{
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
        var looks = harness.Investigations.Asked.Count;
        output.WriteLine("| a day, 5 checks on 3 nodes, 3 incidents; calls of a model | ours | asked every 5 min | fewer | asked every 1 min | fewer |");
        output.WriteLine("|---|---|---|---|---|---|");
        // As many calls a finding as the end-to-end test counts, and as a model would need that looks three or five times before it answers.
        foreach (var each in new[] { ScriptedInvestigation.Calls, 4, 6 })
        {
            var (five, one) = (Fewer(looks * each, each, 5, incidents), Fewer(looks * each, each, 1, incidents));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {each} calls a finding | {looks * each} | {five.Asking} | {five.Fewer:P1} | {one.Asking} | {one.Fewer:P1} |"));
            if (each == ScriptedInvestigation.Calls) Assert.All([five, one], f => Assert.True(f.Fewer >= 0.95, $"{looks * each} calls against {f.Asking}"));
        }

        Assert.Equal(3, incidents);
        Assert.Equal(3, harness.Investigations.Asked.Count);
        Assert.Equal(6, harness.Replies.Said.Count);
    }

    // A model that is asked in a cycle of an incident looks as often as ours does.
    private static (int Asking, double Fewer) Fewer(int ours, int each, int minutes, int incidents)
    {
        var asking = (24 * 60 / minutes) - incidents + (incidents * each);
        return (asking, 1 - ((double)ours / asking));
    }
}
