using ChatOps.Audit;

namespace ChatOps.Console.Audit;

/// <summary>What a record's page shows.</summary>
/// <param name="Record">The record.</param>
/// <param name="Related">The records of the same invocation or approval, oldest first.</param>
public sealed record AuditRecordView(AuditRecord Record, IReadOnlyList<AuditRecord> Related);
