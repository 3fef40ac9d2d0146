using System.Globalization;
using ChatOps.Diagnostics;
using ChatOps.Rendering;
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
            var waiting = Backlog.Of(await store.ReadAsync(s => s.Approvals.Waiting(), cancellationToken), time);
            return new(PartState.Ok, waiting.Count == 0
                ? "No approval waits."
                : string.Create(CultureInfo.InvariantCulture, $"{waiting.Count} {(waiting.Count == 1 ? "approval waits" : "approvals wait")} for a decision, the oldest for {SpanText.Of(waiting.Age)}."), waiting.Facts);
        }
        catch (StoreUnavailableException e)
        {
            return new(PartState.Failed, e.Message, new Dictionary<string, string>());
        }
    }
}
