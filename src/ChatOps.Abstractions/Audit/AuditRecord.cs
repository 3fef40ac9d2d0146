namespace ChatOps.Audit;

/// <summary>A record of the chain.</summary>
/// <param name="Sequence">1, 2, 3, … without gaps.</param>
/// <param name="Id">Short public id.</param>
/// <param name="Time">When, to the millisecond.</param>
/// <param name="PreviousHash">Hash of the record before; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 over the canonical JSON, lower-case hex.</param>
/// <param name="CanonicalJson">The hashed text: everything above except <paramref name="Hash"/>, and the entry.</param>
/// <param name="Entry">The entry, for queries.</param>
public sealed record AuditRecord(long Sequence, string Id, DateTimeOffset Time, string PreviousHash, string Hash, string CanonicalJson, AuditEntry Entry);
