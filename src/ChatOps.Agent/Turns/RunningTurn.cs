using ChatOps.Storage;

namespace ChatOps.Agent.Turns;

/// <summary>A turn that runs in this process, so that it can be stopped.</summary>
internal sealed class RunningTurn : IDisposable
{
    private readonly CancellationTokenSource source;
    private readonly CancellationTokenSource calls;

    /// <summary>Starts it.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="startedAt">When it began.</param>
    /// <param name="leaseOrShutdown">Cancelled when it may not go on.</param>
    /// <param name="shutdown">Cancelled when the gateway stops.</param>
    public RunningTurn(Turn turn, DateTimeOffset startedAt, CancellationToken leaseOrShutdown, CancellationToken shutdown)
    {
        Turn = turn;
        StartedAt = startedAt;
        source = CancellationTokenSource.CreateLinkedTokenSource(leaseOrShutdown);
        Token = source.Token;
        calls = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
        Calls = calls.Token;
    }

    /// <summary>The turn.</summary>
    public Turn Turn { get; private set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Cancelled by <c>/stop</c>, by a lost lease and at shutdown.</summary>
    public CancellationToken Token { get; }

    /// <summary>
    /// Cancelled by <c>/stop</c> and at shutdown alone. What the turn called is not ended by a lost lease: nobody asked for that, and whoever has the conversation now waits for it.
    /// </summary>
    public CancellationToken Calls { get; }

    /// <summary>Who asked to stop it; null when nobody did.</summary>
    public string? StoppedBy { get; private set; }

    /// <summary>From now on its message is known to say this.</summary>
    public void Hear(InboxItem item) => Turn = Turn with { Item = item };

    /// <summary>Notes who stops it, before anything ends because of that.</summary>
    public void RequestStop(string by) => StoppedBy ??= by;

    /// <summary>Said before anything is begun: what runs may have ended because of the stop before the turn itself is cancelled.</summary>
    /// <exception cref="OperationCanceledException">Somebody asked to stop it, or it may not go on.</exception>
    public void ThrowIfStopped()
    {
        Token.ThrowIfCancellationRequested();
        if (StoppedBy is not null) throw new OperationCanceledException();
    }

    /// <summary>Stops it.</summary>
    public void Cancel()
    {
        try
        {
            source.Cancel();
            calls.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended in this moment.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        source.Dispose();
        calls.Dispose();
    }
}
