using System.Globalization;
using ChatOps.Diagnostics;
using ChatOps.Storage;

namespace ChatOps.Approvals;

/// <summary>How many questions wait for people, and for how long. People may take their time: waiting is no fault.</summary>
internal sealed class ApprovalsHealth(IStore store, TimeProvider time) : IHealthPart
{
    public string Name => "approvals";

    public async Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (oldest, count) = await store.ReadAsync(s => s.Approvals.Waiting(), cancellationToken);
            var age = oldest is { } since && time.GetUtcNow() - since is { Ticks: > 0 } passed ? passed : TimeSpan.Zero;
            var facts = new Dictionary<string, string>
            {
                ["waiting"] = count.ToString(CultureInfo.InvariantCulture),
                ["oldestSeconds"] = age.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
            };
            return new(PartState.Ok, count == 0
                ? "No approval waits."
                : string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "approval waits" : "approvals wait")} for a decision, the oldest for {age:d\\.hh\\:mm\\:ss}."), facts);
        }
        catch (StoreUnavailableException e)
        {
            return new(PartState.Failed, e.Message, new Dictionary<string, string>());
        }
    }
}
