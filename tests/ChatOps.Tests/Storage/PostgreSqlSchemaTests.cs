using ChatOps.Audit;
using ChatOps.Storage;
using ChatOps.Storage.Migrations;
using ChatOps.Testing;
using Npgsql;

namespace ChatOps.Tests.Storage;

/// <summary>The schema on a server: the same steps, the same refusals, and an order of texts that does not depend on the server's language.</summary>
public sealed class PostgreSqlSchemaTests
{
    private const StoreKind Kind = StoreKind.PostgreSql;

    /// <summary>A step that is missing here: copy it, make TEXT to TEXT COLLATE "C" and leave WITHOUT ROWID out; triggers are functions.</summary>
    [Fact]
    public void Both_databases_have_the_same_steps() =>
        Assert.Equal(Migration.Load("Sqlite").Select(m => (m.Version, m.Name)), Migration.Load("PostgreSql").Select(m => (m.Version, m.Name)));

    [Fact]
    public async Task Both_databases_have_the_same_tables_and_columns()
    {
        await using var file = await StoreFixture.OpenAsync();
        await using var server = await StoreFixture.OpenAsync(Kind);

        var inFile = await AskAsync(file, "SELECT m.name || '.' || c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'");
        var onServer = await AskAsync(server, "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'store_writers'");

        Assert.Equal(inFile.Order(StringComparer.Ordinal), onServer.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_text_compares_bytewise()
    {
        await using var store = await StoreFixture.OpenAsync(Kind);

        Assert.Empty(await AskAsync(
            store, "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_version' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"));
    }

    [Fact]
    public async Task A_newer_database_is_refused_and_gateways_that_run_on_it_go_on()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        await using var running = await StoreFixture.OpenAsync(Kind, directory);
        await ExecuteAsync(running, "INSERT INTO schema_version VALUES (99, 'from the future', 0)");

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => StoreFixture.OpenAsync(Kind, directory));

        Assert.Contains("newer ChatOps (schema 99", refused.Message, StringComparison.Ordinal);
        Assert.Equal(("a1", true), await running.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1"))));
    }

    [Fact]
    public async Task Gateways_that_start_together_on_an_empty_database_migrate_it_once()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;

        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => StoreFixture.OpenAsync(Kind, directory))));

        Assert.Equal(Migration.Load("PostgreSql").Count, (await AskAsync(stores[0], "SELECT name FROM schema_version")).Count);
        foreach (var store in stores) await store.DisposeAsync();
    }

    [Theory]
    [InlineData("UPDATE audit SET principal = 'eve'")]
    [InlineData("DELETE FROM audit")]
    [InlineData("TRUNCATE audit")]
    [InlineData("INSERT INTO audit SELECT 7, 'other', time, previous_hash, hash, canonical_json, kind, summary, principal, actor_key, conversation_id, invocation_id, approval_id, tool, node_count, risk, rule, outcome, detail FROM audit")]
    [InlineData("UPDATE audit_nodes SET node = 'web-9'")]
    [InlineData("DELETE FROM audit_nodes")]
    [InlineData("TRUNCATE audit_nodes")]
    [InlineData("INSERT INTO audit_nodes VALUES (1, 1, 'web-2')")]
    public async Task The_audit_record_only_grows_at_its_end_also_for_a_shell(string sql)
    {
        await using var store = await StoreFixture.OpenAsync(Kind);
        var entry = new AuditEntry(AuditKind.Intent, "uptime") { Principal = "uma", Nodes = ["web-1"] };
        await store.WriteAsync(s => s.Audit.Append(new AuditRecord(1, "a1", Rows.Noon, "0", "h1", "{}", entry)));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(store, sql));

        Assert.StartsWith("The audit record", refused.MessageText, StringComparison.Ordinal);
        Assert.Equal(["uma"], await AskAsync(store, "SELECT principal FROM audit"));
        Assert.Equal(["web-1"], await AskAsync(store, "SELECT node FROM audit_nodes"));
    }

    private static async Task<List<string>> AskAsync(StoreFixture store, string sql)
    {
        await using var outside = await store.ConnectOutsideAsync();
        await using var command = outside.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    private static async Task ExecuteAsync(StoreFixture store, string sql)
    {
        await using var outside = await store.ConnectOutsideAsync();
        await using var command = outside.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
