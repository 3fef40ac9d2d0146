namespace ChatOps.Testing;

/// <summary>A clock that stands still until a test moves it. Timers fire, in the order of their due times, while it moves.</summary>
public sealed class FakeTimeProvider : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<FakeTimer> timers = [];
    private DateTimeOffset now;
    private long ticks;

    /// <summary>A clock at a time that means nothing.</summary>
    public FakeTimeProvider() : this(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock at a given time.</summary>
    public FakeTimeProvider(DateTimeOffset start) => now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How many timers wait: that something waits for the clock can be waited for.</summary>
    public int WaitingTimers
    {
        get { lock (gate) return timers.Count(t => t.Due is not null); }
    }

    /// <summary>How long until the next timer fires; null when none waits.</summary>
    public TimeSpan? NextDue
    {
        get { lock (gate) return timers.Min(t => t.Due) is { } due ? TimeSpan.FromTicks(due - ticks) : null; }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp()
    {
        lock (gate) return ticks;
    }

    /// <summary>Time passes: the wall clock and the monotonic one.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        long end;
        lock (gate) end = ticks + by.Ticks;
        while (true)
        {
            FakeTimer? next;
            lock (gate)
            {
                next = timers.Where(t => t.Due <= end).MinBy(t => t.Due);
                var to = next?.Due is { } due ? Math.Max(due, ticks) : end;
                now += TimeSpan.FromTicks(to - ticks);
                ticks = to;
                next?.Rearm();
            }

            if (next is null) return;
            next.Fire();
        }
    }

    /// <summary>Time passes while the process does not run: what was due meanwhile fires, late, with the next <see cref="Advance"/>.</summary>
    public void StandStill(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        lock (gate)
        {
            now += span;
            ticks += span.Ticks;
        }
    }

    /// <summary>Somebody sets the wall clock, forwards or back; no time passes.</summary>
    public void SetWallClock(DateTimeOffset to)
    {
        lock (gate) now = to;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class FakeTimer(FakeTimeProvider clock, Action callback) : ITimer
    {
        private long period;

        public long? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool now;
            lock (clock.gate)
            {
                this.period = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
                clock.timers.Remove(this);
                now = dueTime == TimeSpan.Zero;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.ticks + dueTime.Ticks;
                if (now) Rearm();
                if (Due is not null) clock.timers.Add(this);
            }

            if (now) Fire();
            return true;
        }

        public void Rearm()
        {
            Due = period > 0 ? Due + period : null;
            if (Due is null) clock.timers.Remove(this);
        }

        // Outside the lock: a callback may ask for the time or make timers.
        public void Fire() => callback();

        public void Dispose()
        {
            lock (clock.gate)
            {
                Due = null;
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
