using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Crash;

public sealed class CrashTests
{
    /// <summary>200, or any other number for a longer or shorter run.</summary>
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("CHATOPS_CRASH_KILLS"), out var n) ? n : 200;
    private const int Lanes = 2;

    [Fact]
    public async Task Killed_two_hundred_times_at_every_point_between_accept_and_delivered_nothing_is_lost_and_nothing_runs_twice()
    {
        using var folder = new TempFolder();
        var lanes = Enumerable.Range(0, Lanes).Select(i => new CrashLane(folder, $"lane{i}")).ToList();
        Assert.True(CrashPoints.All.Count >= 12, string.Join(", ", CrashPoints.All));

        await Task.WhenAll(lanes.Select((lane, i) => Task.Run(async () =>
        {
            for (var kill = i; kill < Kills; kill += Lanes)
            {
                // Each point again and again, at its first, second and third passing.
                await lane.LiveAsync(CrashPoints.All[kill % CrashPoints.All.Count], 1 + kill / CrashPoints.All.Count % 3);
            }

            await lane.SettleAsync();
        })));

        var problems = new List<string>();
        foreach (var lane in lanes)
        {
            problems.AddRange(await Ledger.CheckAsync(lane, TestContext.Current.CancellationToken));
            var verify = await new Harness.Cli(lane.Data).RunAsync("audit", "verify");
            if (verify.ExitCode != 0) problems.Add(verify.ToString());
        }

        Assert.Empty(problems);
        Assert.Equal(Kills, lanes.Sum(l => l.Kills.Values.Sum()));
        Assert.Equal(CrashPoints.All, lanes.SelectMany(l => l.Kills.Keys).Distinct().Order(StringComparer.Ordinal));
    }
}
