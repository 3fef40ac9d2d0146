using ChatOps.Testing;
using ChatOps.Messages;
using ChatOps.Schedules;
using ChatOps.Scheduling.Engine;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Tests.Schedules.Engine;

/// <summary>What becomes of ticks: on time, missed, on top of each other, failed, and of a schedule whose owner lost their rights.</summary>
public sealed class SchedulerTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Each_tick_is_run_once_as_its_owner_and_its_answer_is_posted()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        bench.Work.Script = (run, _) => Task.FromResult(new ScheduledOutcome(ScheduledEnd.Done, "fine") { Say = RichMessage.Text($"answer of {run.Id}") });
        await bench.AddAsync(ScheduleBench.Every("nodes"));

        for (var i = 0; i < 3; i++)
        {
            bench.Time.Advance(Tick);
            await engine.SettleAsync();
        }

        var runs = await bench.RunsAsync();
        Assert.Equal(["nodes@20260302T090500000Z", "nodes@20260302T091000000Z", "nodes@20260302T091500000Z"], runs.Select(r => r.Id));
        Assert.All(runs, r => Assert.Equal(ScheduleRunState.Done, r.State));
        Assert.All(bench.Work.Asked, r => Assert.Equal((SchedulePeople.Ana, ScheduleBench.Place, "/nodes"), (r.Principal, r.ConversationId, r.Text)));
        Assert.Equal(runs.Select(r => $"answer of {r.Id}").Order(), bench.Said.Order());
    }

    [Fact]
    public async Task A_quiet_end_and_one_without_words_are_in_the_history_and_in_no_channel()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        bench.Work.Script = (_, _) => Task.FromResult(new ScheduledOutcome(ScheduledEnd.Quiet, "nothing to say"));
        await bench.AddAsync(ScheduleBench.Every("quiet"));

        bench.Time.Advance(Tick);
        await engine.SettleAsync();

        Assert.Equal(ScheduleRunState.Quiet, Assert.Single(await bench.RunsAsync()).State);
        Assert.Empty(bench.Said);
    }

    [Fact]
    public async Task Three_days_of_a_minutely_job_are_one_note_by_default_and_the_next_tick_runs()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        await bench.AddAsync(ScheduleBench.Every("minutely", "* * * * *"));

        bench.Time.Advance(TimeSpan.FromDays(3) + TimeSpan.FromSeconds(30));
        await engine.SettleAsync();

        Assert.Contains("4319 runs were missed while no gateway ran; they are not made up for.", Assert.Single(bench.Said), StringComparison.Ordinal);
        Assert.Equal([ScheduleRunState.Skipped, ScheduleRunState.Done], (await bench.RunsAsync()).Select(r => r.State));
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        await engine.SettleAsync();
        Assert.Equal(2, bench.Work.Asked.Count);
    }

    [Theory]
    [InlineData(CatchUpPolicy.Last, 1)]
    [InlineData(CatchUpPolicy.All, 11)]
    public async Task What_was_missed_is_made_up_for_as_its_policy_says_in_order(CatchUpPolicy policy, int made)
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        await bench.AddAsync(ScheduleBench.Every("caught") with { CatchUp = policy });

        bench.Time.Advance((Tick * 11) + TimeSpan.FromMinutes(3));
        await engine.SettleAsync();

        var runs = await bench.RunsAsync();
        Assert.Equal(made, runs.Count);
        Assert.All(runs, r => Assert.Equal((ScheduleTrigger.CatchUp, ScheduleRunState.Done), (r.Trigger, r.State)));
        Assert.Equal(bench.Work.Asked.Select(r => r.Nominal).Order(), bench.Work.Asked.Select(r => r.Nominal));
        Assert.Equal(bench.Time.GetUtcNow() - TimeSpan.FromMinutes(3), runs[^1].Nominal);
        Assert.Empty(bench.Said);
    }

    [Fact]
    public async Task More_than_a_hundred_missed_runs_are_not_all_made_up_for_and_that_is_said()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        await bench.AddAsync(ScheduleBench.Every("all", "* * * * *") with { CatchUp = CatchUpPolicy.All });

        bench.Time.Advance(TimeSpan.FromMinutes(150) + TimeSpan.FromSeconds(30));
        await engine.SettleAsync();

        Assert.Equal(ScheduleBounds.MaxCatchUp, (await bench.RunsAsync()).Count(r => r.Trigger == ScheduleTrigger.CatchUp));
        Assert.Contains("149 runs were missed; the newest 100 are made up for.", Assert.Single(bench.Said), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OverlapPolicy.Skip)]
    [InlineData(OverlapPolicy.Queue)]
    [InlineData(OverlapPolicy.Cancel)]
    public async Task A_tick_that_comes_while_the_run_before_is_under_way_does_what_its_policy_says(OverlapPolicy policy)
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        var go = new TaskCompletionSource();
        bench.Work.Script = async (_, stop) =>
        {
            if (bench.Work.Asked.Count == 1) await go.Task.WaitAsync(stop);
            return new ScheduledOutcome(ScheduledEnd.Done, "done");
        };
        await bench.AddAsync(ScheduleBench.Every("slow") with { Overlap = policy });
        bench.Time.Advance(Tick);
        await engine.LookAsync();
        await Until.TrueAsync(() => bench.Work.Asked.Count == 1);

        bench.Time.Advance(Tick);
        await engine.LookAsync();
        if (policy != OverlapPolicy.Cancel) go.SetResult();
        await engine.SettleAsync();

        var states = (await bench.RunsAsync()).Select(r => r.State);
        Assert.Equal(
            policy switch
            {
                OverlapPolicy.Skip => [ScheduleRunState.Done, ScheduleRunState.Skipped],
                OverlapPolicy.Queue => [ScheduleRunState.Done, ScheduleRunState.Done],
                _ => (ScheduleRunState[])[ScheduleRunState.Cancelled, ScheduleRunState.Done],
            },
            states);
    }

    [Fact]
    public async Task At_most_one_run_waits_for_the_one_before()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        var go = new TaskCompletionSource();
        bench.Work.Script = async (_, stop) =>
        {
            await go.Task.WaitAsync(stop);
            return new ScheduledOutcome(ScheduledEnd.Done, "done");
        };
        await bench.AddAsync(ScheduleBench.Every("queued") with { Overlap = OverlapPolicy.Queue });

        for (var i = 0; i < 4; i++)
        {
            bench.Time.Advance(Tick);
            await engine.LookAsync();
        }

        Assert.Equal(
            [ScheduleRunState.Running, ScheduleRunState.Queued, ScheduleRunState.Skipped, ScheduleRunState.Skipped], (await bench.RunsAsync()).Select(r => r.State));
        go.SetResult();
        await engine.SettleAsync();
        Assert.Equal(2, bench.Work.Asked.Count);
    }

    [Fact]
    public async Task When_the_next_tick_cancels_a_run_that_waits_for_people_its_approval_is_withdrawn()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        bench.Work.Script = (run, _) => Task.FromResult(new ScheduledOutcome(ScheduledEnd.Waiting, "waits") { WaitsFor = run.Id });
        await bench.AddAsync(ScheduleBench.Every("asks") with { Overlap = OverlapPolicy.Cancel });
        bench.Time.Advance(Tick);
        await engine.SettleAsync();
        var waiting = Assert.Single(await bench.RunsAsync());
        await bench.Store.WriteAsync(
            s => s.Invocations.Add(new InvocationRow(
                waiting.Id, null, "run", "{}", "", [], SchedulePeople.Ana, "schedule::ana", ScheduleBench.Place, null, "schedule", InvocationStatus.Waiting, "7F3K2M", null, null, null, bench.Time.GetUtcNow(), null)),
            ScheduleBench.Now);

        bench.Time.Advance(Tick);
        await engine.SettleAsync();

        Assert.Equal("7F3K2M", Assert.Single(bench.Approvals.Withdrawn));
        Assert.Equal([ScheduleRunState.Cancelled, ScheduleRunState.Waiting], (await bench.RunsAsync()).Select(r => r.State));
    }

    [Fact]
    public async Task Jitter_is_the_same_for_the_same_tick_and_within_its_bound()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        await bench.AddAsync(ScheduleBench.Every("spread") with { Jitter = TimeSpan.FromMinutes(2) });

        bench.Time.Advance(Tick);
        await engine.LookAsync();
        var run = Assert.Single(await bench.RunsAsync());

        Assert.Equal(ScheduleRunState.Queued, run.State);
        Assert.InRange(run.NotBefore - run.Nominal, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(2));
        bench.Time.Advance(run.NotBefore - bench.Time.GetUtcNow() - TimeSpan.FromMilliseconds(1));
        await engine.SettleAsync();
        Assert.Empty(bench.Work.Asked);
        bench.Time.Advance(TimeSpan.FromMilliseconds(2));
        await engine.SettleAsync();
        Assert.Single(bench.Work.Asked);
    }

    [Fact]
    public async Task A_failed_run_is_tried_again_after_times_that_double()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        bench.Work.Script = (run, _) => Task.FromResult(new ScheduledOutcome(run.Attempt < 3 ? ScheduledEnd.Failed : ScheduledEnd.Done, $"try {run.Attempt}"));
        await bench.AddAsync(ScheduleBench.Every("flaky", "0 * * * *") with { Retries = 3, RetryDelay = TimeSpan.FromMinutes(1) });
        bench.Time.Advance(TimeSpan.FromHours(1));
        await engine.SettleAsync();
        Assert.Equal(TimeSpan.FromMinutes(1), Assert.Single(await bench.RunsAsync()).NotBefore - bench.Time.GetUtcNow());

        bench.Time.Advance(TimeSpan.FromMinutes(1));
        await engine.SettleAsync();
        Assert.Equal(TimeSpan.FromMinutes(2), Assert.Single(await bench.RunsAsync()).NotBefore - bench.Time.GetUtcNow());
        bench.Time.Advance(TimeSpan.FromMinutes(2));
        await engine.SettleAsync();

        Assert.Equal((ScheduleRunState.Done, 3), Assert.Single((await bench.RunsAsync()).Select(r => (r.State, r.Attempt))));
        Assert.Empty(bench.Said);
    }

    [Fact]
    public async Task Two_failures_in_a_row_are_told_and_ten_pause_it_aloud()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        bench.Work.Script = (_, _) => Task.FromResult(new ScheduledOutcome(ScheduledEnd.Failed, "no such host"));
        await bench.AddAsync(ScheduleBench.Every("broken"));

        for (var i = 1; i <= 12; i++)
        {
            bench.Time.Advance(Tick);
            await engine.SettleAsync();
            if (i == 1) Assert.Empty(bench.Said);
            if (i is 2 or 9) Assert.Contains("has failed 2 times in a row: no such host", Assert.Single(bench.Said), StringComparison.Ordinal);
        }

        Assert.Equal(ScheduleBounds.FailuresUntilPause, bench.Work.Asked.Count);
        var row = await bench.RowAsync("broken");
        Assert.Equal((ScheduleState.Paused, "It failed 10 times in a row."), (row.State, row.Reason));
        Assert.Contains(bench.Said, s => s.Contains("is paused: it has failed 10 times in a row", StringComparison.Ordinal));
        Assert.True(await bench.Book.ResumeAsync("broken", ScheduleBench.Now));
        bench.Work.Script = (_, _) => Task.FromResult(new ScheduledOutcome(ScheduledEnd.Done, "well again"));
        bench.Time.Advance(Tick);
        await engine.SettleAsync();
        Assert.Equal(0, (await bench.RowAsync("broken")).Failures);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_stopped_and_failed()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        bench.Work.Script = async (_, stop) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            return new ScheduledOutcome(ScheduledEnd.Done, "never");
        };
        await bench.AddAsync(ScheduleBench.Every("long") with { Timeout = TimeSpan.FromMinutes(2) });
        bench.Time.Advance(Tick);
        await engine.LookAsync();
        await Until.TrueAsync(() => bench.Work.Asked.Count == 1);

        bench.Time.Advance(TimeSpan.FromMinutes(2));
        await engine.SettleAsync();

        var run = Assert.Single(await bench.RunsAsync());
        Assert.Equal(ScheduleRunState.Failed, run.State);
        Assert.StartsWith("It took longer than 0:02:00 and was stopped.", run.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_schedule_whose_owner_is_gone_or_lost_the_right_stops_and_says_so(bool gone)
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        bench.Work.Script = (_, _) => Task.FromResult(new ScheduledOutcome(ScheduledEnd.Refused, "ana may not use run there.") { RightsLost = true });
        await bench.AddAsync(ScheduleBench.Every("orphan"));
        if (gone) bench.People.Known.Clear();

        bench.Time.Advance(Tick * 3);
        await engine.SettleAsync();

        Assert.Equal(gone ? 0 : 1, bench.Work.Asked.Count);
        Assert.Equal(ScheduleState.Paused, (await bench.RowAsync("orphan")).State);
        Assert.Contains(bench.Said, s => s.Contains("is paused: it runs as ana, who may not do this any more.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_one_time_schedule_runs_once_is_done_and_is_gone_after_a_week()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        await bench.AddAsync(new ScheduleRequest(SchedulePeople.Ana, "/nodes") { Name = "once", At = "2026-03-02 10:00" });

        bench.Time.Advance(TimeSpan.FromHours(1));
        await engine.SettleAsync();
        await engine.StartAsync();

        Assert.Equal(ScheduleState.Ended, (await bench.RowAsync("once")).State);
        Assert.Equal(ScheduleRunState.Done, Assert.Single(await bench.RunsAsync()).State);
        bench.Time.Advance(ScheduleBounds.KeepEnded + TimeSpan.FromMinutes(1));
        await engine.StartAsync();
        Assert.Null(await bench.Book.FindAsync("once", ScheduleBench.Now));
        Assert.Single(await bench.RunsAsync());
    }

    [Fact]
    public async Task What_is_paused_does_not_run_also_not_what_was_queued_and_goes_on_from_its_next_time()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        await bench.AddAsync(ScheduleBench.Every("paused") with { Jitter = TimeSpan.FromMinutes(4) });
        bench.Time.Advance(Tick);
        await engine.LookAsync();

        Assert.True(await bench.Book.PauseAsync("paused", "Paused by Ana.", ScheduleBench.Now));
        bench.Time.Advance(Tick * 20);
        await engine.SettleAsync();

        Assert.Empty(bench.Work.Asked);
        Assert.Equal(ScheduleRunState.Cancelled, Assert.Single(await bench.RunsAsync()).State);
        Assert.True(await bench.Book.ResumeAsync("paused", ScheduleBench.Now));
        Assert.True((await bench.RowAsync("paused")).NextAt > bench.Time.GetUtcNow());
        Assert.Empty(bench.Said);
    }

    [Fact]
    public async Task Run_now_runs_once_besides_its_times_also_when_it_is_paused()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        await bench.AddAsync(ScheduleBench.Every("asked"));
        await bench.Book.PauseAsync("asked", "Paused by Ana.", ScheduleBench.Now);

        var first = await bench.Book.RunNowAsync("asked", ScheduleBench.Now);
        var second = await bench.Book.RunNowAsync("asked", ScheduleBench.Now);
        await engine.SettleAsync();

        Assert.Equal(first!.Id, second!.Id);
        Assert.Equal((ScheduleTrigger.Asked, ScheduleRunState.Done), Assert.Single((await bench.RunsAsync()).Select(r => (r.Trigger, r.State))));
    }

    [Fact]
    public async Task What_waits_is_asked_again_when_that_has_ended()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        bench.Work.Script = (run, _) => Task.FromResult(run.Again
            ? new ScheduledOutcome(ScheduledEnd.Done, "approved and done")
            : new ScheduledOutcome(ScheduledEnd.Waiting, "waits") { WaitsFor = "invocation-1" });
        await bench.AddAsync(ScheduleBench.Every("asks"));
        bench.Time.Advance(Tick);
        await engine.LookAsync();
        await Until.TrueAsync(() => engine.Pool.IsIdle);

        // Nobody told it that nothing waits any more; the sweep finds that the invocation is not there.
        await engine.StartAsync();
        await engine.SettleAsync();

        Assert.Equal((ScheduleRunState.Done, 1, null), Assert.Single((await bench.RunsAsync()).Select(r => (r.State, r.Attempt, r.WaitsFor))));
    }

    [Fact]
    public async Task What_a_dead_gateway_left_is_asked_again_by_the_next_one_or_unknown()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var dead = bench.Engine();
        using var next = bench.Engine();
        bench.Work.Script = async (run, stop) =>
        {
            if (!run.Again) await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            return new ScheduledOutcome(ScheduledEnd.Done, "found");
        };
        await bench.AddAsync(ScheduleBench.Every("left"));
        bench.Time.Advance(Tick);
        await dead.LookAsync();
        await Until.TrueAsync(() => bench.Work.Asked.Count == 1);
        dead.Die();
        await Until.TrueAsync(() => dead.Pool.IsIdle);

        await next.SettleAsync();
        Assert.Equal(ScheduleRunState.Running, Assert.Single(await bench.RunsAsync()).State);
        bench.Time.Advance(SchedulerIdentity.Lease);
        await next.SettleAsync();

        Assert.Equal((ScheduleRunState.Done, 1), Assert.Single((await bench.RunsAsync()).Select(r => (r.State, r.Attempt))));
    }

    [Fact]
    public async Task What_cannot_be_asked_again_is_unknown_is_never_repeated_and_is_said()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var dead = bench.Engine();
        using var next = bench.Engine();
        bench.Work.CanResume = false;
        bench.Work.Script = async (_, stop) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            return new ScheduledOutcome(ScheduledEnd.Done, "never");
        };
        await bench.AddAsync(ScheduleBench.Every("left") with { Retries = 3 });
        bench.Time.Advance(Tick);
        await dead.LookAsync();
        await Until.TrueAsync(() => bench.Work.Asked.Count == 1);
        dead.Die();
        await Until.TrueAsync(() => dead.Pool.IsIdle);

        await next.StartAsync();
        await next.SettleAsync();

        Assert.Equal(ScheduleRunState.Unknown, Assert.Single(await bench.RunsAsync()).State);
        Assert.Single(bench.Work.Asked);
        Assert.Contains("Whether it finished is not known, and it is not repeated.", Assert.Single(bench.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_slept_past_its_lease_writes_nothing_over_the_one_that_took_over()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var asleep = bench.Engine();
        using var awake = bench.Engine();
        var go = new TaskCompletionSource();
        bench.Work.Script = async (run, _) =>
        {
            if (!run.Again) await go.Task;
            return new ScheduledOutcome(ScheduledEnd.Done, run.Again ? "by the one awake" : "by the sleeper") { Say = RichMessage.Text("once") };
        };
        await bench.AddAsync(ScheduleBench.Every("fenced"));
        bench.Time.Advance(Tick);
        await asleep.LookAsync();
        await Until.TrueAsync(() => bench.Work.Asked.Count == 1);

        bench.Time.Advance(SchedulerIdentity.Lease);
        await awake.SettleAsync();
        go.SetResult();
        await Until.TrueAsync(() => asleep.Pool.IsIdle);

        Assert.Equal("by the one awake", Assert.Single(await bench.RunsAsync()).Summary);
        Assert.Single(bench.Said);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_repeats_no_tick()
    {
        await using var bench = await ScheduleBench.OpenAsync();
        using var engine = bench.Engine();
        await bench.AddAsync(ScheduleBench.Every("steady"));
        bench.Time.Advance(Tick * 2);
        await engine.SettleAsync();
        var before = bench.Work.Asked.Count;

        bench.Time.SetWallClock(bench.Time.GetUtcNow() - TimeSpan.FromMinutes(10));
        for (var i = 0; i < 3; i++)
        {
            bench.Time.Advance(Tick);
            await engine.SettleAsync();
        }

        Assert.Equal(before + 1, bench.Work.Asked.Count);
        Assert.Equal(bench.Work.Asked.Select(r => r.Id).Distinct(), bench.Work.Asked.Select(r => r.Id));
    }
}
