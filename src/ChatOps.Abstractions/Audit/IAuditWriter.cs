using ChatOps.Storage;

namespace ChatOps.Audit;

/// <summary>The strict pipe: it throws when a record cannot be written, and the caller's transaction rolls back with it.</summary>
public interface IAuditWriter
{
    /// <summary>Redacts, chains and appends a record inside the caller's transaction.</summary>
    /// <returns>The record's id.</returns>
    string Append(IStoreSession session, AuditEntry entry);
}
