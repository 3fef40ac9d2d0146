namespace ChatOps.Bus;

/// <summary>Whether those who bring messages crowd the way in, looked at in short windows: many come, and as they come some are always waiting to be taken. Many that are taken at once are no rush.</summary>
/// <param name="time">The clock.</param>
internal sealed class Rush(TimeProvider time)
{
    /// <summary>Fewer messages in two windows, some 1,000 a second, are no rush however long they take: a store that is slow to take them gains nothing from work that waits as well.</summary>
    internal const int Messages = 200;

    /// <summary>So many are waiting to be taken, on average over two windows.</summary>
    internal const int Crowd = 6;

    /// <summary>How long work gives way to a rush at most.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    private readonly Lock gate = new();
    private long began = time.GetTimestamp();
    private (int Messages, TimeSpan Waited) before;
    private (int Messages, TimeSpan Waited) now;

    /// <summary>Whether it is one.</summary>
    public bool IsOn
    {
        get
        {
            lock (gate)
            {
                Turn();
                return before.Messages + now.Messages >= Messages && before.Waited + now.Waited >= Crowd * (Window + time.GetElapsedTime(began));
            }
        }
    }

    /// <summary>A message came in.</summary>
    /// <param name="waited">How long it took until it was taken.</param>
    public void Note(TimeSpan waited)
    {
        lock (gate)
        {
            Turn();
            now = (now.Messages + 1, now.Waited + waited);
        }
    }

    /// <summary>Waits while it is on, for <see cref="MaxWait"/> at most.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (IsOn && time.GetElapsedTime(since) < MaxWait) await Task.Delay(Look, time, cancellationToken);
    }

    private void Turn()
    {
        var elapsed = time.GetElapsedTime(began);
        if (elapsed < Window) return;
        before = elapsed < Window * 2 ? now : default;
        now = default;
        began = time.GetTimestamp();
    }
}
