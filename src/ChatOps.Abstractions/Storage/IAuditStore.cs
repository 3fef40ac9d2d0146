using ChatOps.Audit;

namespace ChatOps.Storage;

/// <summary>The rows of the audit chain. There is no update and no delete; the database refuses both.</summary>
public interface IAuditStore
{
    /// <summary>Sequence number and hash of the last record; (0, null) when there is none.</summary>
    (long Sequence, string? Hash) Head();

    /// <summary>Appends; the sequence must be the head's plus one.</summary>
    void Append(AuditRecord record);

    /// <summary>Records from a sequence number on, in order.</summary>
    IReadOnlyList<AuditRecord> Read(long fromSequence, int limit);

    /// <summary>The smallest sequence number of a record that is not older than a time; null when all are older. For exports.</summary>
    long? FirstSince(DateTimeOffset since);

    /// <summary>A record by id.</summary>
    AuditRecord? Find(string id);

    /// <summary>Newest first.</summary>
    IReadOnlyList<AuditRecord> Query(AuditQuery query);
}
