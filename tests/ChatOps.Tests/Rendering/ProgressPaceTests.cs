using System.Collections.Concurrent;
using ChatOps.Rendering;
using ChatOps.Testing;

namespace ChatOps.Tests.Rendering;

public sealed class ProgressPaceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider time = new();
    private readonly ConcurrentQueue<string> shown = new();
    private readonly ConcurrentQueue<string> tried = new();
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
            return ValueTask.FromResult<TimeSpan?>(TimeSpan.Zero);
        }, failures.Enqueue, time);

        pace.Show("m", "1");
        fails = false;
        pace.Show("m", "2");
        await AdvanceAsync(Interval);

        await Until.TrueAsync(() => shown.Contains("2"), what: "The next state was shown.");
        Assert.Equal("no", Assert.Single(failures).Message);
    }

    [Fact]
    public async Task A_state_that_cannot_be_shown_yet_is_tried_again_until_it_can_and_a_newer_one_takes_its_place()
    {
        var can = false;
        await using var pace = Pace(() => can);
        pace.Show("m", "1");
        await AdvanceAsync(TimeSpan.FromMilliseconds(250));
        await Until.TrueAsync(() => tried.Count == 2 && time.WaitingTimers > 0, what: "It was tried again.");
        pace.Show("m", "2");
        can = true;
        await AdvanceAsync(TimeSpan.FromMilliseconds(500));
        await Until.TrueAsync(() => !shown.IsEmpty, what: "The newer one was shown.");

        await AdvanceAsync(Interval);
        await Until.TrueAsync(() => pace.Count == 0, what: "Nothing waits.");
        Assert.Equal(["1", "1", "2"], tried);
        Assert.Equal(["m:2"], shown);
    }

    [Fact]
    public async Task A_state_that_cannot_be_shown_yet_is_given_up_in_the_end_and_forgotten_where_a_lasting_one_comes()
    {
        await using var pace = Pace(() => false);
        pace.Show("m", "1");
        for (var i = 0; i < 100 && pace.Count > 0; i++)
        {
            var before = tried.Count;
            await AdvanceAsync(Interval + TimeSpan.FromSeconds(2));
            await Until.TrueAsync(() => tried.Count > before || pace.Count == 0, what: "It went on.");
        }

        Assert.Equal(11, tried.Count);
        pace.Show("n", "1");
        await pace.ForgetAsync("n");
        await AdvanceAsync(Interval + TimeSpan.FromSeconds(2));
        await Until.TrueAsync(() => pace.Count == 0, what: "Nothing waits.");
        Assert.Equal(12, tried.Count);
        Assert.Empty(shown);
    }

    [Fact]
    public async Task A_state_that_is_forgotten_while_it_is_found_that_it_cannot_be_shown_yet_does_not_come_back()
    {
        var found = new TaskCompletionSource();
        await using var pace = new ProgressPace<string>(Interval, 10, async (_, state, _) =>
        {
            tried.Enqueue(state);
            await found.Task;
            return null;
        }, failures.Enqueue, time);
        pace.Show("m", "1");
        var forgotten = pace.ForgetAsync("m");
        found.SetResult();
        await forgotten;
        await AdvanceAsync(Interval + TimeSpan.FromSeconds(2));
        await Until.TrueAsync(() => pace.Count == 0, what: "Nothing waits.");
        Assert.Equal(["1"], tried);
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
        return ValueTask.FromResult<TimeSpan?>(ask);
    }, failures.Enqueue, time);

    private ProgressPace<string> Pace(Func<bool> can) => new(Interval, 10, (id, state, _) =>
    {
        tried.Enqueue(state);
        if (!can()) return ValueTask.FromResult<TimeSpan?>(null);
        shown.Enqueue($"{id}:{state}");
        return ValueTask.FromResult<TimeSpan?>(TimeSpan.Zero);
    }, failures.Enqueue, time);

    private async Task AdvanceAsync(TimeSpan by)
    {
        await Until.TrueAsync(() => time.WaitingTimers > 0, what: "Something waits for the clock.");
        time.Advance(by);
    }
}
