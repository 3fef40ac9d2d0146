using ChatOps.Schedules;

namespace ChatOps.Tests.Schedules.Engine;

/// <summary>Two gateways on one store.</summary>
public sealed class SchedulerRaceTests
{
    private const int Schedules = 100;
    private const int Rounds = 100;

    [Fact]
    public async Task Two_gateways_on_one_store_race_for_ten_thousand_ticks_and_each_is_run_once()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var one = bench.Engine(maxParallel: Schedules);
        using var two = bench.Engine(maxParallel: Schedules);
        bench.Work.Script = (_, _) => Task.FromResult(new ScheduledOutcome(ScheduledEnd.Quiet, "run"));
        for (var i = 0; i < Schedules; i++) await bench.AddAsync(ScheduleBench.Every($"s{i}", "* * * * *"));

        for (var round = 0; round < Rounds; round++)
        {
            bench.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAll(Task.Run(one.SettleAsync), Task.Run(two.SettleAsync));
        }

        Assert.Equal(Schedules * Rounds, bench.Work.Asked.Count);
        Assert.Equal(Schedules * Rounds, bench.Work.Asked.Select(r => r.Id).Distinct().Count());
        var ended = await bench.Store.ReadAsync(s => s.Schedules.EndedSince(DateTimeOffset.MinValue, int.MaxValue), ScheduleBench.Now);
        Assert.Equal(Schedules * Rounds, ended.Count(r => r.State == ScheduleRunState.Quiet));
    }
}
