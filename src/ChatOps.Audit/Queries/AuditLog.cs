using ChatOps.Audit.Checkpoints;
using ChatOps.Storage;

namespace ChatOps.Audit.Queries;

/// <summary>Reads, proves and exports the record.</summary>
internal sealed class AuditLog(IStore store, ChainVerifier verifier, ChainCondition condition, AuditOptions options) : IAuditLog
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditRecord>> QueryAsync(AuditQuery query, CancellationToken cancellationToken) =>
        store.ReadAsync(s => s.Audit.Query(query), cancellationToken);

    /// <inheritdoc/>
    public Task<AuditRecord?> FindAsync(string id, CancellationToken cancellationToken) => store.ReadAsync(s => s.Audit.Find(id), cancellationToken);

    /// <inheritdoc/>
    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        var result = await verifier.WholeAsync(cancellationToken);

        // What was found broken stays so until a restart looks again: a second look that is content does not unsay the first.
        if (!result.Intact) condition.Problem = result.Problem;
        return result;
    }

    /// <inheritdoc/>
    public async Task ExportAsync(TextWriter writer, DateTimeOffset since, AuditExportFormat format, CancellationToken cancellationToken)
    {
        if (format == AuditExportFormat.Csv) await writer.WriteAsync(CsvRecord.Header.AsMemory(), cancellationToken);
        if (await store.ReadAsync(s => s.Audit.FirstSince(since), cancellationToken) is not { } next) return;
        while (true)
        {
            var batch = await store.ReadAsync(s => s.Audit.Read(next, options.BatchRecords), cancellationToken);
            foreach (var record in batch)
            {
                // A clock that stepped back leaves older times between newer ones.
                if (record.Time < since) continue;
                var line = format == AuditExportFormat.Csv ? CsvRecord.Write(record) : JsonRecord.Write(record);
                await writer.WriteAsync(line.AsMemory(), cancellationToken);
            }

            if (batch.Count < options.BatchRecords) return;
            next = batch[^1].Sequence + 1;
        }
    }
}
