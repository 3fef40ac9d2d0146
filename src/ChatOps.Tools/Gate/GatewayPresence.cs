using ChatOps.Storage;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Tools.Gate;

/// <summary>
/// Where several gateways share a store: says in it that this one is alive, so that no other ends what it runs, and hears there what others want stopped (somebody's
/// /stop, or a halt, on whatever gateway it was asked for) and what they took over while this one stood still.
/// </summary>
internal sealed partial class GatewayPresence(IStore store, InvocationRecords records, RunningInvocations running, ToolsOptions options, TimeProvider time, ILogger<GatewayPresence> logger)
    : BackgroundService
{
    /// <summary>A gateway that has not been heard of for so long is dead, and what it ran is ended as unknown.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(7);

    /// <summary>Between two signs of life: two may fail.</summary>
    private static readonly TimeSpan Sign = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks for stops, while anything runs here.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private long? token;

    /// <summary>Whether a gateway is alive, or was a moment ago.</summary>
    public static bool IsAlive(IStoreSession session, string holder, DateTimeOffset now) => session.Leases.IsHeld(NameOf(holder), now, Lease);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anything of ours can run: what has a holder that nobody knows counts as left behind.
        if (!options.AloneWithStore) await SignAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (token is not { } mine) return;
        try
        {
            await store.WriteAsync(
                session =>
                {
                    session.Leases.Forget(NameOf(records.Holder), mine);
                    return true;
                },
                cancellationToken);
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            // It runs out by itself.
            LogAway(e.Message);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.AloneWithStore) return;
        using var timer = new PeriodicTimer(Look, time);
        var signed = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    if (time.GetElapsedTime(signed) >= Sign)
                    {
                        await SignAsync(stoppingToken);
                        signed = time.GetTimestamp();
                    }

                    await HearAsync(stoppingToken);
                }
                catch (StoreUnavailableException away)
                {
                    LogAway(away.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    private static string NameOf(string holder) => "gateway/" + holder;

    private async Task SignAsync(CancellationToken cancellationToken) => token = await store.WriteAsync(
        session =>
        {
            var now = time.GetUtcNow();
            var name = NameOf(records.Holder);
            return token is { } mine && session.Leases.Renew(name, mine, now, Lease) ? mine : session.Leases.TryTake(name, records.Holder, now, Lease) ?? token;
        },
        cancellationToken);

    private async Task HearAsync(CancellationToken cancellationToken)
    {
        if (running.Ids() is not { Count: > 0 } ids) return;
        var heard = await store.ReadAsync(
            session => ids.Select(id => (Id: id, Row: session.Invocations.Find(id))).Select(i => (i.Id, i.Row, Stop: session.Invocations.StopOf(i.Id, i.Row?.InboxId))).ToList(), cancellationToken);
        foreach (var (id, row, stop) in heard)
        {
            if (row is not null && !records.IsOurs(row) && running.Leave(id)) LogTakenOver(id);
            else if (stop is not null) running.StopRunning(id, stop.By);
        }
    }
}
