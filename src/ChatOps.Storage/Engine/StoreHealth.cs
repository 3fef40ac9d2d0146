using System.Globalization;
using ChatOps.Diagnostics;

namespace ChatOps.Storage.Engine;

/// <summary>How the store is. After a failure each look tries a write, so that a store whose disk has room again is found well without traffic.</summary>
internal sealed class StoreHealth(SqlStore store, ISqlDatabase database, StoreMetrics metrics, TimeProvider time) : IHealthPart
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromMilliseconds(800);

    /// <inheritdoc/>
    public string Name => "store";

    /// <inheritdoc/>
    public async Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        if (store.Writer is not { } writer) return new(PartState.Failed, "The store is not open.", Facts(null));
        var problem = writer.LastError is null ? await TryReadAsync(cancellationToken) : await TryWriteAsync(cancellationToken);
        var facts = Facts(writer);
        if (problem is not null) return new(PartState.Failed, problem, facts);
        return database.Concern() is { } concern ? new(PartState.Degraded, concern, facts) : new(PartState.Ok, "Writes and reads work.", facts);
    }

    private async Task<string?> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.ReadAsync(s => s.Audit.Head(), cancellationToken);
            return null;
        }
        catch (StoreUnavailableException e)
        {
            return e.Message;
        }
    }

    private async Task<string?> TryWriteAsync(CancellationToken cancellationToken)
    {
        const string Upsert = "INSERT INTO store_probe (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ProbeTimeout);
        try
        {
            await store.WriteAsync(s => ((Sessions.SqlSession)s).Statement(Upsert).Set(time.GetUtcNow()).ExecuteCount(), limit.Token).WaitAsync(limit.Token);
            return null;
        }
        catch (StoreUnavailableException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return store.Writer?.LastError?.Message ?? "The store does not answer in time.";
        }
    }

    private Dictionary<string, string> Facts(StoreWriter? writer) => new(database.Facts())
    {
        ["queue"] = Text(writer?.Queue.Count ?? 0),
        ["commits"] = Text(metrics.Commits),
        ["writes"] = Text(metrics.Writes),
        ["lastError"] = writer?.LastError?.Message ?? "",
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
