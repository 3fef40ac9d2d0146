using ChatOps.Channels;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>A lease that is held, until it is not.</summary>
/// <param name="store">Where it stands.</param>
/// <param name="name">What is led.</param>
/// <param name="token">The fencing token.</param>
/// <param name="taken">When it was asked for.</param>
/// <param name="time">The clock.</param>
internal sealed class Lead(IStore store, string name, long token, long taken, TimeProvider time) : ILead
{
    private volatile bool lost;

    /// <summary>What is led.</summary>
    public string Name => name;

    /// <summary>Whether the lead was lost before it was given back.</summary>
    public bool IsLost => lost;

    public async Task<bool> HoldsAsync(CancellationToken cancellationToken)
    {
        if (!lost && !await store.ReadAsync(session => session.Leases.Holds(name, token, time.GetUtcNow()), cancellationToken)) lost = true;
        return !lost;
    }

    /// <summary>Renews until cancelled; cancels <paramref name="held"/> when the lease is lost.</summary>
    public async Task RenewAsync(CancellationTokenSource held)
    {
        var until = taken;
        try
        {
            while (true)
            {
                await Task.Delay(Leadership.RenewInterval, time, held.Token);
                var asked = time.GetTimestamp();
                if (await TryRenewAsync(held.Token) is { } renewed)
                {
                    if (!renewed) break;
                    until = asked;
                }
                else if (time.GetElapsedTime(until) >= Leadership.Duration)
                {
                    // The store has been away for as long as the lease held: somebody else may lead by now.
                    break;
                }
            }

            lost = true;
        }
        catch (OperationCanceledException)
        {
            // The work has ended.
        }
        finally
        {
            await held.CancelAsync();
        }
    }

    /// <summary>Gives it back.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) => store.WriteAsync(
        session =>
        {
            session.Leases.Release(name, token);
            return true;
        },
        cancellationToken);

    private async Task<bool?> TryRenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await store.WriteAsync(session => session.Leases.Renew(name, token, time.GetUtcNow(), Leadership.Duration), cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }
}
