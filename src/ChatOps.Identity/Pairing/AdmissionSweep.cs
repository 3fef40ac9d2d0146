using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Identity.Pairing;

/// <summary>Removes requests that are over and groups that nobody admitted.</summary>
internal sealed class AdmissionSweep(IStore store, TimeProvider time) : IRecoverySweep
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private DateTimeOffset? last;

    public string Name => "admission";

    public async Task SweepAsync(bool atStart, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (last is { } before && now - before < Interval) return;
        await store.WriteAsync(session => session.Admissions.Prune(now, now - PairingBounds.KeepGroups), cancellationToken);
        last = now;
    }
}
