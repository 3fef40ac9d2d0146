namespace ChatOps.Audit;

/// <summary>Reads and proves the record.</summary>
public interface IAuditLog
{
    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<AuditRecord>> QueryAsync(AuditQuery query, CancellationToken cancellationToken);

    /// <summary>One record.</summary>
    Task<AuditRecord?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Recomputes the whole chain and compares it with the checkpoint that is kept outside the database.</summary>
    Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Writes records since a time as JSON Lines or CSV, oldest first.</summary>
    Task ExportAsync(TextWriter writer, DateTimeOffset since, AuditExportFormat format, CancellationToken cancellationToken);
}
