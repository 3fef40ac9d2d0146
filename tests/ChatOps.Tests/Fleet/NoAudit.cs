using System.Collections.Concurrent;
using ChatOps.Audit;
using ChatOps.Storage;

namespace ChatOps.Tests.Fleet;

/// <summary>Notes what would be recorded.</summary>
internal sealed class NoAudit : IAuditWriter
{
    public ConcurrentQueue<AuditEntry> Entries { get; } = new();

    public string Append(IStoreSession session, AuditEntry entry)
    {
        Entries.Enqueue(entry);
        return "a";
    }
}
