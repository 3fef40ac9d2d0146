namespace ChatOps.Bus;

/// <summary>Whether many messages are coming in, looked at in short windows.</summary>
/// <param name="time">The clock.</param>
internal sealed class Rush(TimeProvider time)
{
    /// <summary>So many messages in two windows are a rush: some 250 a second.</summary>
    internal const int Messages = 50;

    /// <summary>How long work gives way to a rush at most.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    private readonly Lock gate = new();
    private long began = time.GetTimestamp();
    private int before;
    private int now;

    /// <summary>Whether it is one.</summary>
    public bool IsOn
    {
        get
        {
            lock (gate)
            {
                Turn();
                return before + now >= Messages;
            }
        }
    }

    /// <summary>A message comes in.</summary>
    public void Note()
    {
        lock (gate)
        {
            Turn();
            now++;
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
        before = elapsed < Window * 2 ? now : 0;
        now = 0;
        began = time.GetTimestamp();
    }
}
