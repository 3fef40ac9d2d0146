namespace ChatOps.Audit.Queries;

/// <summary>A record as a line of JSON: the hashed text with its hash as the last member, so that anybody can check it without ChatOps.</summary>
internal static class JsonRecord
{
    /// <summary>Writes the line.</summary>
    public static string Write(AuditRecord record) => $"{record.CanonicalJson[..^1]},\"hash\":\"{record.Hash}\"}}\n";
}
