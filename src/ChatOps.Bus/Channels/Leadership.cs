using ChatOps.Channels;
using ChatOps.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Bus;

/// <summary>Leads by leases in the store: taken for a while, renewed while the work goes on, given back at its end. Whoever dies without that is followed when its lease has run out.</summary>
internal sealed partial class Leadership(IStore store, IIdGenerator ids, BusOptions options, TimeProvider time, ILogger<Leadership> logger) : ILeadership
{
    /// <summary>How long a lease holds. With the pause between two tries it is the longest time that nobody leads after a gateway was killed.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(9);

    /// <summary>Between two renewals: two may fail.</summary>
    public static readonly TimeSpan RenewInterval = TimeSpan.FromSeconds(3);

    /// <summary>Between two tries to take a lease that is held.</summary>
    public static readonly TimeSpan TryInterval = TimeSpan.FromSeconds(1);

    private readonly string holder = "leads-" + ids.NewId();
    private bool othersEnded = !options.AloneWithStore;

    public async Task RunAsync(string name, Action waits, Func<ILead, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            var lead = await TakeAsync(name, waits, cancellationToken);
            using var held = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var renewing = lead.RenewAsync(held);
            try
            {
                await work(lead, held.Token);
                return;
            }
            catch (OperationCanceledException) when (lead.IsLost && !cancellationToken.IsCancellationRequested)
            {
                LogLost(name);
            }
            finally
            {
                await held.CancelAsync();
                await renewing;
                await ReleaseAsync(lead);
            }
        }
    }

    private async Task<Lead> TakeAsync(string name, Action waits, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // Counted from before the question: what the store grants is never believed for longer than it holds there.
                var asked = time.GetTimestamp();
                if (await TryTakeAsync(name, cancellationToken) is { } token) return new Lead(store, name, token, asked, time);
                waits();
            }
            catch (StoreUnavailableException away)
            {
                LogStoreAway(name, away.Message);
            }

            await Task.Delay(TryInterval, time, cancellationToken);
        }
    }

    private async Task<long?> TryTakeAsync(string name, CancellationToken cancellationToken)
    {
        // Waiting for long costs no commits.
        if (othersEnded && await store.ReadAsync(session => session.Leases.IsHeld(name, time.GetUtcNow(), Duration), cancellationToken)) return null;
        var first = !othersEnded;
        var token = await store.WriteAsync(
            session =>
            {
                if (first) session.Leases.ReleaseOthers(holder);
                return session.Leases.TryTake(name, holder, time.GetUtcNow(), Duration);
            },
            cancellationToken);
        othersEnded = true;
        return token;
    }

    private async Task ReleaseAsync(Lead lead)
    {
        using var limit = new CancellationTokenSource(TryInterval, time);
        try
        {
            await lead.ReleaseAsync(limit.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or StoreUnavailableException)
        {
            // It runs out by itself.
            LogNotReleased(lead.Name);
        }
    }
}
