using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Audit.Chain;
using ChatOps.Audit.Checkpoints;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Storage.Migrations;
using ChatOps.Storage.Sessions;
using ChatOps.Testing;
using ChatOps.Tests.Audit;

namespace ChatOps.Tests.Storage;

/// <summary>A database of the first version under the present program. Its rows are written as that version wrote them, by hand and not with today's stores.</summary>
public sealed class MigrationTests
{
    private const int AuditRecords = 9;

    private static readonly string[] Tables = ["conversations", "inbox", "messages", "outbox", "invocations", "approvals", "approval_votes", "grants", "audit", "audit_nodes"];

    private static readonly long Noon = SqlTime.Write(Rows.Noon);

    [Fact]
    public async Task A_database_of_the_first_version_is_brought_up_to_date_and_keeps_every_row_and_its_audit_chain()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        var database = Path.Combine(directory, "chatops.db");
        MakeFirst(database);
        var before = Dump(database);
        Assert.All(Tables, t => Assert.NotEmpty(before[t]));

        await using var audit = await AuditFixture.OpenAsync(directory);

        Assert.Equal(Migration.Load("Sqlite").Select(m => $"{m.Version} {m.Name}"), Versions(database));
        var after = Dump(database, before.Columns);
        foreach (var table in Tables) Assert.Equal(before[table], after[table]);

        var verified = await audit.VerifyAsync();
        Assert.True(verified.Intact, verified.Problem);
        Assert.Equal(AuditRecords, verified.Records);
        await ReadAsync(audit.Store);

        // And it goes on: the next record follows the last old one, and what was waiting can be worked on.
        await audit.AppendAsync(1);
        verified = await audit.VerifyAsync();
        Assert.Equal((true, AuditRecords + 1L), (verified.Intact, verified.Records));
        Assert.True(await audit.Store.WriteAsync(s => s.Approvals.CompareAndSet("ap1", 1, ApprovalState.Pending, ApprovalState.Approved, Rows.Noon, "li", null, null)));
        await audit.Store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("in3") with { Context = new InboundContext { Group = "ops", Anchor = "7" } }));
        Assert.Equal("ops", (await audit.Store.ReadAsync(s => s.Inbox.Find("in3")))!.Context.Group);
    }

    [Fact]
    public async Task A_record_that_was_changed_before_the_migration_is_found_after_it()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        var database = Path.Combine(directory, "chatops.db");
        MakeFirst(database);
        Execute(database, "DROP TRIGGER audit_no_update; UPDATE audit SET principal = 'eve' WHERE sequence = 4");

        await using var audit = await AuditFixture.OpenAsync(directory);

        var verified = await audit.VerifyAsync();
        Assert.Equal((false, (long?)4), (verified.Intact, verified.FirstBadSequence));
    }

    // What the old version did not know has the value that stands for its absence.
    private static async Task ReadAsync(StoreFixture store)
    {
        var (item, message, step, approval) = await store.ReadAsync(s => (s.Inbox.Find("in1")!, s.Outbox.FindMessage("m1")!, s.Outbox.InState(OutboxState.Pending, 10), s.Approvals.Find("ap1")!));
        Assert.Equal(Rows.Inbox("in1"), item);
        Assert.Equal(("message m1", null, Rows.Noon), (Rows.Text(message.Content), message.PrivateTo, message.CreatedAt));
        Assert.Equal(("o1", "m1", false, ReplyPriority.Result), (Assert.Single(step).Id, step[0].MessageId, step[0].Doubtful, step[0].Priority));
        Assert.Equal(Rows.Approval("ap1"), approval);
    }

    private static void MakeFirst(string database)
    {
        var first = Migration.Load("Sqlite")[0];
        Execute(database, "CREATE TABLE schema_version (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)");
        Execute(database, first.Sql);
        Execute(database, $"INSERT INTO schema_version VALUES (1, '{first.Name}', {Noon})");
        Execute(
            database,
            $$"""
            INSERT INTO conversations VALUES ('web/c1', 'web', 'uma', 'uptime', {{Noon}}, {{Noon}});
            INSERT INTO inbox VALUES ('in1', 'web:in1', 'web/c1', 'web', '', 'u1', 'Uma', 'text', '/run uptime in1', {{Noon}}, 'accepted', 0, NULL, NULL);
            INSERT INTO inbox VALUES ('in2', 'web:in2', 'web/c1', 'web', '', 'u1', NULL, 'action', 'token', {{Noon}}, 'done', 1, NULL, 'done');
            INSERT INTO messages VALUES ('m1', 'web/c1', 'in1', '{"blocks":[{"block":"text","markdown":"message m1"}]}', 'p1', {{Noon}}, {{Noon}});
            INSERT INTO outbox VALUES ('o1', 'web/c1', 'm1', 'send', {{(int)ReplyPriority.Result}}, '{"blocks":[{"block":"text","markdown":"message m1"}]}', 'pending', 1, {{Noon}}, 'later', {{Noon}});
            INSERT INTO outbox VALUES ('o0', 'web/c1', 'm1', 'send', {{(int)ReplyPriority.Result}}, '{"blocks":[]}', 'sent', 1, {{Noon}}, NULL, {{Noon}});
            INSERT INTO invocations VALUES ('inv1', NULL, 'run', '{"command":"uptime"}', 'hash', '["web-1"]', 'uma', 'web:u1', 'web/c1', 'in1', 'chat', 'waiting', 'ap1', 'gateway-1', NULL, NULL, {{Noon}}, NULL);
            INSERT INTO invocation_targets VALUES ('web-1', 'inv1');
            INSERT INTO approvals VALUES ('ap1', 1, 'pending', 'hash', '{}', 'uma', 'inv1', {{Noon}}, {{SqlTime.Write(Rows.Noon.AddMinutes(15))}}, NULL, NULL, NULL, NULL);
            INSERT INTO approval_votes VALUES ('ap1', 'li', 1, 'web:u2', 1, 'fine', {{Noon}});
            INSERT INTO grants VALUES ('g1', 'key', 'uma', 'run', 'uptime on web-1', 'ap1', 'li', {{Noon}}, {{Noon}}, 3, {{Noon}}, NULL, NULL);
            """);
        AddAudit(database);
    }

    private static void AddAudit(string database)
    {
        var previous = CanonicalRecord.FirstPreviousHash;
        for (var sequence = 1; sequence <= AuditRecords; sequence++)
        {
            var time = CanonicalRecord.ToMillisecond(Rows.Noon.AddSeconds(sequence));
            var text =
                $$"""{"actor":"web:u1","detail":{"command":"uptime"},"id":"a{{sequence}}","kind":"intent","nodes":["web-1","web-2"],"previous":"{{previous}}","principal":"uma","risk":"read","sequence":{{sequence}},"summary":"uptime, time {{sequence}}","time":"{{CanonicalRecord.Time(time)}}","tool":"run"}""";
            var hash = CanonicalRecord.Hash(System.Text.Encoding.UTF8.GetBytes(text));
            Execute(
                database,
                $$"""
                INSERT INTO audit (sequence, id, time, previous_hash, hash, canonical_json, kind, summary, principal, actor_key, tool, node_count, risk, detail)
                VALUES ({{sequence}}, 'a{{sequence}}', {{SqlTime.Write(time)}}, '{{previous}}', '{{hash}}', '{{text}}', 'intent', 'uptime, time {{sequence}}', 'uma', 'web:u1', 'run', 2, 'read', '{"command":"uptime"}');
                INSERT INTO audit_nodes VALUES ({{sequence}}, 0, 'web-1');
                INSERT INTO audit_nodes VALUES ({{sequence}}, 1, 'web-2');
                """);
            previous = hash;
        }

        var options = new AuditOptions { DataDirectory = Path.GetDirectoryName(database)! };
        var checkpoints = new CheckpointFile(options, new CheckpointKey(options), TimeProvider.System);
        checkpoints.Append(0, CanonicalRecord.FirstPreviousHash);
        checkpoints.Append(AuditRecords, previous);
    }

    /// <summary>Every row of the tables, in the columns that are given or in all, as text.</summary>
    private static Content Dump(string database, IReadOnlyDictionary<string, string>? columns = null)
    {
        columns ??= Tables.ToDictionary(t => t, t => string.Join(", ", Ask(database, $"SELECT name FROM pragma_table_info('{t}') ORDER BY cid")));
        return new Content(columns, Tables.ToDictionary(t => t, t => Ask(database, $"SELECT json_array({columns[t]}) FROM {t} ORDER BY 1")));
    }

    private static IReadOnlyList<string> Versions(string database) => Ask(database, "SELECT version || ' ' || name FROM schema_version ORDER BY version");

    private static IReadOnlyList<string> Ask(string database, string sql)
    {
        using var connection = DatabaseFile.Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(reader.GetString(0));
        return rows;
    }

    private static void Execute(string database, string sql)
    {
        using var connection = DatabaseFile.Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed record Content(IReadOnlyDictionary<string, string> Columns, IReadOnlyDictionary<string, IReadOnlyList<string>> Rows)
    {
        public IReadOnlyList<string> this[string table] => Rows[table];
    }
}
