using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Agent.Models.Costs;

/// <summary>Removes what requests to models cost, once nobody asks for it any more.</summary>
internal sealed class UsageSweep(IStore store, ModelsOptions options, TimeProvider time) : IRecoverySweep
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private DateTimeOffset? last;

    public string Name => "model usage";

    public async Task SweepAsync(bool atStart, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (last is { } before && now - before < Interval) return;
        while (await store.WriteAsync(session => session.Usage.Prune(now - options.KeepUsage), cancellationToken) > 0) cancellationToken.ThrowIfCancellationRequested();
        last = now;
    }
}
