using System.Globalization;
using ChatOps.Diagnostics;
using ChatOps.Rendering;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>How a queue in the store is, by the age of its oldest entry.</summary>
internal static class QueueHealth
{
    /// <summary>An older oldest entry is worth a look.</summary>
    public static readonly TimeSpan WorthALook = TimeSpan.FromMinutes(2);

    public static async Task<PartHealth> CheckAsync(
        IStore store, Func<IStoreSession, (DateTimeOffset? Oldest, long Count)> waiting, TimeProvider time, string many, string none, CancellationToken cancellationToken)
    {
        try
        {
            var backlog = Backlog.Of(await store.ReadAsync(waiting, cancellationToken), time);
            return backlog.Count == 0
                ? new PartHealth(PartState.Ok, $"{char.ToUpperInvariant(none[0])}{none[1..]}.", backlog.Facts)
                : new PartHealth(
                    backlog.Age > WorthALook ? PartState.Degraded : PartState.Ok,
                    string.Create(CultureInfo.InvariantCulture, $"{backlog.Count} {many}, the oldest for {SpanText.Of(backlog.Age)}."),
                    backlog.Facts);
        }
        catch (StoreUnavailableException error)
        {
            return new PartHealth(PartState.Failed, error.Message, new Dictionary<string, string>());
        }
    }
}
