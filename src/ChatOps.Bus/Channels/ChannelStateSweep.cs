using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>Removes the channels' values whose time is over.</summary>
internal sealed class ChannelStateSweep(IStore store, TimeProvider time, BusOptions options) : IRecoverySweep
{
    private readonly PruneClock prune = new(time, options.Recovery.PruneInterval);

    public string Name => "channel state";

    public Task SweepAsync(bool atStart, CancellationToken cancellationToken)
    {
        if (!prune.IsDue()) return Task.CompletedTask;
        var now = time.GetUtcNow();
        return prune.RunAsync(() => store.WriteAsync(session => session.ChannelState.Prune(now), cancellationToken));
    }
}
