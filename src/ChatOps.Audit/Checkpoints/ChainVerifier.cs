using System.Text.Json;
using ChatOps.Audit.Chain;
using ChatOps.Storage;

namespace ChatOps.Audit.Checkpoints;

/// <summary>Recomputes the chain, whole or its tail, and holds it against the checkpoints.</summary>
internal sealed class ChainVerifier(IStore store, CheckpointFile checkpoints, AuditOptions options)
{
    /// <summary>Verifies everything.</summary>
    public Task<AuditVerification> WholeAsync(CancellationToken cancellationToken) => VerifyAsync(long.MinValue, new ChainCheck(1, CanonicalRecord.FirstPreviousHash), cancellationToken);

    /// <summary>Verifies the newest records, and all since the newest checkpoint.</summary>
    public async Task<AuditVerification> TailAsync(CancellationToken cancellationToken)
    {
        var (head, _) = await store.ReadAsync(s => s.Audit.Head(), cancellationToken);
        var newest = TryReadCheckpoints(out var known) is null && known.Count > 0 ? known[^1].Sequence : 0;
        var from = Math.Min(head - options.StartRecords, newest);
        return from <= 1
            ? await WholeAsync(cancellationToken)
            : await VerifyAsync(from, new ChainCheck(from, previousHash: null), cancellationToken);
    }

    private async Task<AuditVerification> VerifyAsync(long from, ChainCheck check, CancellationToken cancellationToken)
    {
        // Before the records: what is appended while they are read is no contradiction.
        var checkpointProblem = TryReadCheckpoints(out var known);
        var waiting = new Queue<Checkpoint>(known.Where(c => c.Sequence >= Math.Max(from, 1)).OrderBy(c => c.Sequence));
        long? newest = known.Count > 0 ? known.Max(c => c.Sequence) : null;
        for (var next = from; ;)
        {
            var (batch, unreadable) = await ReadAsync(next, cancellationToken);
            foreach (var record in batch)
            {
                if (check.Take(record) is { } bad) return Bad(bad.Sequence, bad.Problem);
                while (waiting.TryPeek(out var checkpoint) && checkpoint.Sequence == record.Sequence)
                {
                    waiting.Dequeue();
                    if (checkpoint.Hash != record.Hash)
                        return Bad(record.Sequence, $"Record {record.Sequence} is not the one that the checkpoint of {checkpoint.Time} saw: the record was rebuilt.");
                }
            }

            if (unreadable is { } problem) return Bad(problem.Sequence, problem.Problem);
            if (batch.Count < options.BatchRecords) break;
            next = check.NextSequence;
        }

        if (waiting.TryDequeue(out var missing))
            return Bad(check.NextSequence, $"Records from {check.NextSequence} on were cut off: the checkpoint of {missing.Time} saw {newest}.");
        return checkpointProblem is not null && check.NextSequence > 1
            ? new AuditVerification(false, check.Records, null, checkpointProblem, newest, check.HeadHash)
            : new AuditVerification(true, check.Records, null, null, newest, check.Records == 0 ? null : check.HeadHash);

        AuditVerification Bad(long sequence, string problem) => new(false, check.Records, sequence, problem, newest, check.HeadHash);
    }

    /// <summary>Reads a batch. A row that cannot even be read is found by reading one at a time.</summary>
    private async Task<(IReadOnlyList<AuditRecord> Batch, (long Sequence, string Problem)? Unreadable)> ReadAsync(long from, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.ReadAsync(s => s.Audit.Read(from, options.BatchRecords), cancellationToken), null);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return await store.ReadAsync(s => ReadUntilBad(s.Audit, from), cancellationToken);
        }
    }

    private static (IReadOnlyList<AuditRecord>, (long, string)?) ReadUntilBad(IAuditStore audit, long from)
    {
        var good = new List<AuditRecord>();
        var next = from == long.MinValue ? 1 : from;
        while (true)
        {
            try
            {
                if (audit.Read(next, 1) is not [var record]) return (good, null);
                good.Add(record);
                next = record.Sequence + 1;
            }
            catch (Exception e) when (IsUnreadable(e))
            {
                return (good, (next, $"Record {next} was changed: a column does not hold what belongs there."));
            }
        }
    }

    private static bool IsUnreadable(Exception e) =>
        e is InvalidDataException or JsonException or ArgumentException or InvalidCastException or FormatException or OverflowException
        || (e is InvalidOperationException && e is not ObjectDisposedException);

    private string? TryReadCheckpoints(out List<Checkpoint> known)
    {
        known = [];
        try
        {
            known = checkpoints.Read();
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
