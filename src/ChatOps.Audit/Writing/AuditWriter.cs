using System.Buffers;
using System.Text;
using ChatOps.Audit.Chain;
using ChatOps.Secrets;
using ChatOps.Storage;

namespace ChatOps.Audit.Writing;

/// <summary>Redacts, chains and appends. The head is read in the caller's transaction, so a rollback leaves no gap.</summary>
internal sealed class AuditWriter(IRedactor redactor, IIdGenerator ids, TimeProvider time, ChainCondition condition, AuditOptions options) : IAuditWriter
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)]);

    /// <inheritdoc/>
    public string Append(IStoreSession session, AuditEntry entry)
    {
        if (options.StopEffectsWhenBroken && condition.Problem is { } problem)
            throw new StoreUnavailableException($"Nothing runs, because the audit record does not hold: {problem} Run 'chatops audit verify', and see to it before anything else.");

        var clean = Clean(entry);
        var (last, hash) = session.Audit.Head();
        var sequence = last + 1;
        var previous = hash ?? CanonicalRecord.FirstPreviousHash;
        var id = ids.NewId();
        var now = CanonicalRecord.ToMillisecond(time.GetUtcNow());
        var text = CanonicalRecord.Write(sequence, id, now, previous, clean).Span;
        session.Audit.Append(new AuditRecord(sequence, id, now, previous, CanonicalRecord.Hash(text), Encoding.UTF8.GetString(text), clean));
        return id;
    }

    private AuditEntry Clean(AuditEntry entry) => entry with
    {
        Summary = Clean(entry.Summary),
        Principal = Clean(entry.Principal),
        ActorKey = CleanOrNull(entry.ActorKey),
        ConversationId = CleanOrNull(entry.ConversationId),
        InvocationId = CleanOrNull(entry.InvocationId),
        ApprovalId = CleanOrNull(entry.ApprovalId),
        Tool = CleanOrNull(entry.Tool),
        Nodes = entry.Nodes.Count == 0 ? [] : [.. entry.Nodes.Select(Clean)],
        Rule = CleanOrNull(entry.Rule),
        Outcome = CleanOrNull(entry.Outcome),
        Detail = entry.Detail.Count == 0 ? entry.Detail : Clean(entry.Detail),
    };

    private Dictionary<string, string> Clean(IReadOnlyDictionary<string, string> detail)
    {
        var clean = new Dictionary<string, string>(detail.Count, StringComparer.Ordinal);

        // Two names that become one after redaction keep both values.
        foreach (var (name, value) in detail)
        {
            var key = Clean(name);
            while (!clean.TryAdd(key, Clean(value))) key += "'";
        }

        return clean;
    }

    private string? CleanOrNull(string? text) => text is null ? null : Clean(text);

    private string Clean(string text)
    {
        var redacted = redactor.Redact(text);
        if (!redacted.AsSpan().ContainsAnyExcept(Plain)) return redacted;

        // Half a surrogate pair has no UTF-8 form: what is hashed must be what is stored.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(redactor.Neutralise(redacted)));
    }
}
