namespace ChatOps.Scheduling.Engine;

/// <summary>Wakes who waits for the next tick. Several wake-ups while nobody waits are one.</summary>
internal sealed class Wake : IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    /// <summary>Wakes.</summary>
    public void Up()
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // A look is due already.
        }
        catch (ObjectDisposedException)
        {
            // The gateway stops.
        }
    }

    /// <summary>Waits to be woken, for a time at most.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var woken = signal.WaitAsync(either.Token);
        var passed = Task.Delay(atMost, time, either.Token);
        await Task.WhenAny(woken, passed);
        await either.CancelAsync();
        try
        {
            await woken;
        }
        catch (OperationCanceledException)
        {
            // Its time came first.
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Dispose() => signal.Dispose();
}
