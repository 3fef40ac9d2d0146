using System.Collections.Concurrent;
using ChatOps.Rendering;
using ChatOps.Testing;

namespace ChatOps.Tests.Rendering;

public sealed class ProgressPaceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider time = new();
    private readonly ConcurrentQueue<string> shown = new();
    private readonly ConcurrentQueue<Exception> failures = new();

    [Fact]
    public async Task The_first_is_shown_at_once_then_the_newest_of_each_interval()
    {
        await using var pace = Pace();

        foreach (var state in (string[])["1", "2", "3"]) pace.Show("m", state);
        Assert.Equal(["m:1"], shown);
        await AdvanceAsync(Interval);
        await Until.TrueAsync(() => shown.Count == 2, what: "The newest was shown.");

        Assert.Equal(["m:1", "m:3"], shown);
    }

    [Fact]
    public async Task A_state_that_comes_after_a_quiet_interval_is_shown_at_once_and_nothing_is_kept()
    {
        await using var pace = Pace();

        pace.Show("m", "1");
        await AdvanceAsync(Interval);
        await Until.TrueAsync(() => pace.Count == 0, what: "A quiet message is forgotten.");
        pace.Show("m", "2");

        Assert.Equal(["m:1", "m:2"], shown);
    }

    [Fact]
    public async Task When_the_platform_asks_for_more_time_it_gets_it()
    {
        await using var pace = Pace(ask: TimeSpan.FromSeconds(30));

        pace.Show("m", "1");
        pace.Show("m", "2");
        await AdvanceAsync(TimeSpan.FromSeconds(29));
        Assert.Equal(["m:1"], shown);
        await AdvanceAsync(Interval);

        await Until.TrueAsync(() => shown.Count == 2, what: "The newest was shown after the deadline.");
    }

    [Fact]
    public async Task A_lasting_state_waits_for_the_passing_one_that_is_on_its_way_and_drops_what_waits()
    {
        var arrived = new TaskCompletionSource();
        await using var pace = new ProgressPace<string>(Interval, 10, async (_, state, cancellationToken) =>
        {
            shown.Enqueue(state);
            await arrived.Task.WaitAsync(cancellationToken);
            return TimeSpan.Zero;
        }, failures.Enqueue, time);
        pace.Show("m", "1");
        pace.Show("m", "2");

        var forgotten = pace.ForgetAsync("m");
        Assert.False(forgotten.IsCompleted);
        arrived.SetResult();
        await forgotten;
        await AdvanceAsync(Interval);
        await Until.TrueAsync(() => pace.Count == 0, what: "Nothing waits.");

        Assert.Equal(["1"], shown);
    }

    [Fact]
    public async Task More_messages_than_may_be_at_once_are_not_shown_and_others_go_on()
    {
        await using var pace = Pace(most: 2);

        Assert.True(pace.Show("a", "1"));
        Assert.True(pace.Show("b", "1"));
        Assert.False(pace.Show("c", "1"));
        Assert.Equal(["a:1", "b:1"], shown);
        Assert.Equal(2, pace.Count);
    }

    [Fact]
    public async Task A_failure_is_told_and_the_next_state_is_shown_all_the_same()
    {
        var fails = true;
        await using var pace = new ProgressPace<string>(Interval, 10, (_, state, _) =>
        {
            if (fails) throw new InvalidOperationException("no");
            shown.Enqueue(state);
            return ValueTask.FromResult(TimeSpan.Zero);
        }, failures.Enqueue, time);

        pace.Show("m", "1");
        fails = false;
        pace.Show("m", "2");
        await AdvanceAsync(Interval);

        await Until.TrueAsync(() => shown.Contains("2"), what: "The next state was shown.");
        Assert.Equal("no", Assert.Single(failures).Message);
    }

    [Fact]
    public async Task After_the_end_nothing_is_shown()
    {
        var pace = Pace();
        pace.Show("m", "1");
        pace.Show("m", "2");

        await pace.DisposeAsync();

        Assert.False(pace.Show("m", "3"));
        Assert.Equal(["m:1"], shown);
        Assert.Equal(0, pace.Count);
    }

    private ProgressPace<string> Pace(int most = 10, TimeSpan ask = default) => new(Interval, most, (id, state, _) =>
    {
        shown.Enqueue($"{id}:{state}");
        return ValueTask.FromResult(ask);
    }, failures.Enqueue, time);

    private async Task AdvanceAsync(TimeSpan by)
    {
        await Until.TrueAsync(() => time.WaitingTimers > 0, what: "Something waits for the clock.");
        time.Advance(by);
    }
}
