using System.Globalization;
using ChatOps.Diagnostics;
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
            var (oldest, count) = await store.ReadAsync(waiting, cancellationToken);
            var age = Age(oldest, time);
            var facts = new Dictionary<string, string>
            {
                ["waiting"] = count.ToString(CultureInfo.InvariantCulture),
                ["oldestSeconds"] = age.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
            };
            return count == 0
                ? new PartHealth(PartState.Ok, $"{char.ToUpperInvariant(none[0])}{none[1..]}.", facts)
                : new PartHealth(age > WorthALook ? PartState.Degraded : PartState.Ok, string.Create(CultureInfo.InvariantCulture, $"{count} {many}, the oldest for {age:d\\.hh\\:mm\\:ss}."), facts);
        }
        catch (StoreUnavailableException error)
        {
            return new PartHealth(PartState.Failed, error.Message, new Dictionary<string, string>());
        }
    }

    /// <summary>How long ago; zero for nothing and for a clock that was put back.</summary>
    public static TimeSpan Age(DateTimeOffset? oldest, TimeProvider time)
    {
        var age = oldest is { } since ? time.GetUtcNow() - since : TimeSpan.Zero;
        return age < TimeSpan.Zero ? TimeSpan.Zero : age;
    }
}
