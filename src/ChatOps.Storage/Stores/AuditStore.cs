using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatOps.Audit;
using ChatOps.Policy;
using ChatOps.Storage.Sessions;
using ChatOps.Tools;

namespace ChatOps.Storage.Stores;

/// <summary>The rows of the audit chain in SQL. Triggers refuse what this class does not offer: update, delete, and insertion anywhere but at the end.</summary>
/// <param name="session">The transaction.</param>
internal sealed class AuditStore(SqlSession session) : IAuditStore
{
    /// <summary>How many rows that match the other filters a text search looks at, newest first.</summary>
    public const int TextSearchRows = 250_000;

    private const string Columns =
        """
        sequence, id, time, previous_hash, hash, canonical_json, kind, summary, principal, actor_key, conversation_id, invocation_id, approval_id,
        tool, node_count, risk, rule, outcome, detail
        """;

    private static readonly IReadOnlyDictionary<string, string> NoDetail = new Dictionary<string, string>();

    /// <inheritdoc/>
    public (long Sequence, string? Hash) Head() => session
        .Statement("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")
        .First(r => (r.Number(0), (string?)r.Text(1)));

    /// <inheritdoc/>
    public void Append(AuditRecord record)
    {
        var entry = record.Entry;
        session.Statement($"INSERT INTO audit ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)")
            .Set(record.Sequence).Set(record.Id).Set(record.Time).Set(record.PreviousHash).Set(record.Hash).Set(record.CanonicalJson)
            .Set(entry.Kind).Set(entry.Summary).Set(entry.Principal).Set(entry.ActorKey).Set(entry.ConversationId).Set(entry.InvocationId)
            .Set(entry.ApprovalId).Set(entry.Tool).Set(entry.Nodes.Count)
            .Set(entry.Risk is { } risk ? SqlWord<Risk>.Write(risk) : null)
            .Set(entry.Rule).Set(entry.Outcome).Set(entry.Detail.Count == 0 ? null : Json.Write(entry.Detail))
            .Execute();
        for (var i = 0; i < entry.Nodes.Count; i++)
            session.Statement("INSERT INTO audit_nodes (sequence, position, node) VALUES ($1, $2, $3)").Set(record.Sequence).Set(i).Set(entry.Nodes[i]).Execute();
    }

    /// <inheritdoc/>
    public IReadOnlyList<AuditRecord> Read(long fromSequence, int limit) => WithNodes(session
        .Statement($"SELECT {Columns} FROM audit WHERE sequence >= $1 ORDER BY sequence LIMIT $2")
        .Set(fromSequence).Set(limit).All(ReadRow));

    /// <inheritdoc/>
    public long? FirstSince(DateTimeOffset since) => session
        .Statement("SELECT MIN(sequence) FROM audit WHERE time >= $1 HAVING COUNT(*) > 0").Set(since).First(r => (long?)r.Number(0));

    /// <inheritdoc/>
    public AuditRecord? Find(string id) => session.Statement($"SELECT {Columns} FROM audit WHERE id = $1").Set(id).All(ReadRow) switch
    {
        [] => null,
        var found => WithNodes(found)[0],
    };

    /// <inheritdoc/>
    public IReadOnlyList<AuditRecord> Query(AuditQuery query)
    {
        var (where, values) = Filter(query);
        var searched = query.Text is { Length: > 0 } text
            ? JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()
            : null;
        var statement = session.Statement($"SELECT {Columns} FROM audit{where} ORDER BY sequence DESC LIMIT ${values.Count + 1}");
        foreach (var value in values) Set(statement, value);
        statement.Set(searched is null ? query.Limit : TextSearchRows);

        var found = new List<(AuditRecord Record, int Nodes)>();
        statement.Visit(row =>
        {
            if (searched is null || row.Text(5).Contains(searched, StringComparison.OrdinalIgnoreCase)) found.Add(ReadRow(row));
            return found.Count < query.Limit;
        });
        return WithNodes(found);
    }

    private static (string Where, List<object> Values) Filter(AuditQuery query)
    {
        var where = new StringBuilder();
        var values = new List<object>();
        Add("time >= {0}", query.Since);
        Add("time <= {0}", query.Until);
        Add("principal = {0}", query.Principal);
        Add("tool = {0}", query.Tool);
        Add("sequence IN (SELECT sequence FROM audit_nodes WHERE node = {0})", query.Node);
        Add("outcome = {0}", query.Outcome);
        Add("invocation_id = {0}", query.InvocationId);
        Add("approval_id = {0}", query.ApprovalId);
        Add("sequence < {0}", query.Before);
        return (where.ToString(), values);

        void Add(string condition, object? value)
        {
            if (value is null) return;
            values.Add(value);
            where.Append(where.Length == 0 ? " WHERE " : " AND ")
                .Append(condition.Replace("{0}", "$" + values.Count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }
    }

    private static void Set(SqlStatement statement, object value)
    {
        switch (value)
        {
            case DateTimeOffset time: statement.Set(time); break;
            case long number: statement.Set(number); break;
            case string text: statement.Set(text); break;
            default: throw new InvalidOperationException($"A filter of type {value.GetType().Name} has no column type.");
        }
    }

    private static (AuditRecord Record, int Nodes) ReadRow(SqlRow row)
    {
        var entry = new AuditEntry(row.Word<AuditKind>(6), row.Text(7))
        {
            Principal = row.Text(8),
            ActorKey = row.TextOrNull(9),
            ConversationId = row.TextOrNull(10),
            InvocationId = row.TextOrNull(11),
            ApprovalId = row.TextOrNull(12),
            Tool = row.TextOrNull(13),
            Risk = row.TextOrNull(15) is { } risk ? SqlWord<Risk>.Read(risk) : null,
            Rule = row.TextOrNull(16),
            Outcome = row.TextOrNull(17),
            Detail = row.TextOrNull(18) is { } detail ? Json.Read<Dictionary<string, string>>(detail) : NoDetail,
        };
        return (new AuditRecord(row.Number(0), row.Text(1), row.Time(2), row.Text(3), row.Text(4), row.Text(5), entry), (int)row.Number(14));
    }

    private List<AuditRecord> WithNodes(List<(AuditRecord Record, int Nodes)> rows) => rows.ConvertAll(row => row.Nodes == 0
        ? row.Record
        : row.Record with { Entry = row.Record.Entry with { Nodes = NodesOf(row.Record.Sequence) } });

    private List<string> NodesOf(long sequence) => session
        .Statement("SELECT node FROM audit_nodes WHERE sequence = $1 ORDER BY position").Set(sequence).All(r => r.Text(0));
}
