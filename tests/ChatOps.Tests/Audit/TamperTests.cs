using ChatOps.Audit;
using ChatOps.Diagnostics;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Tests.Storage;
using Microsoft.Data.Sqlite;

namespace ChatOps.Tests.Audit;

public class TamperTests
{
    public static TheoryData<string, string, long, string> Matrix => new()
    {
        { "a changed text", "UPDATE audit SET canonical_json = replace(canonical_json, 'uma', 'eve') WHERE sequence = 5", 5, "its hash is not that of its text" },
        { "a changed hash", "UPDATE audit SET hash = replace(hash, substr(hash, 1, 4), 'beef') WHERE sequence = 5", 5, "its hash is not that of its text" },
        { "a changed principal column", "UPDATE audit SET principal = 'eve' WHERE sequence = 5", 5, "columns differ from its hashed text (principal)" },
        { "a changed outcome column", "UPDATE audit SET outcome = 'refused' WHERE sequence = 5", 5, "columns differ from its hashed text (outcome)" },
        { "a changed detail column", "UPDATE audit SET detail = '{}' WHERE sequence = 5", 5, "columns differ from its hashed text (detail)" },
        { "a changed time column", "UPDATE audit SET time = time + 10000 WHERE sequence = 5", 5, "columns differ from its hashed text (time)" },
        { "a changed node", "UPDATE audit_nodes SET node = 'web-9' WHERE sequence = 5 AND position = 1", 5, "columns differ from its hashed text (nodes)" },
        { "a removed node", "DELETE FROM audit_nodes WHERE sequence = 5", 5, "columns differ from its hashed text (nodes)" },
        { "a hidden node count", "UPDATE audit SET node_count = 0 WHERE sequence = 5", 5, "columns differ from its hashed text (nodes)" },
        { "a kind that does not exist", "UPDATE audit SET kind = 'nonsense' WHERE sequence = 5", 5, "does not hold what belongs there" },
        { "a detail that is not JSON", "UPDATE audit SET detail = '{' WHERE sequence = 5", 5, "does not hold what belongs there" },
        { "a time beyond all times", "UPDATE audit SET time = 9223372036854775807 WHERE sequence = 5", 5, "does not hold what belongs there" },
        { "a removed record", "DELETE FROM audit WHERE sequence = 5", 5, "Record 5 is missing" },
        { "a removed first record", "DELETE FROM audit WHERE sequence = 1", 1, "Record 1 is missing" },
        { "a removed record with the rest moved up", "DELETE FROM audit WHERE sequence = 5; UPDATE audit SET sequence = -sequence WHERE sequence > 5; UPDATE audit SET sequence = -sequence - 1 WHERE sequence < 0", 5, "out of order: its text says that it is record 6" },
        { "two swapped records", "UPDATE audit SET sequence = -4 WHERE sequence = 4; UPDATE audit SET sequence = 4 WHERE sequence = 7; UPDATE audit SET sequence = 7 WHERE sequence = -4", 4, "out of order: its text says that it is record 7" },
        { "a record before the first", "INSERT INTO audit SELECT 0, 'x', time, previous_hash, hash, canonical_json, kind, summary, principal, actor_key, conversation_id, invocation_id, approval_id, tool, 0, risk, rule, outcome, detail FROM audit WHERE sequence = 1", 0, "was inserted" },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Verification_names_the_first_bad_record_and_what_is_wrong(string what, string sql, long sequence, string problem)
    {
        await using var audit = await AuditFixture.OpenAsync();
        await audit.AppendAsync(20);
        var before = await audit.VerifyAsync();
        Assert.True(before.Intact, before.Problem);

        audit.Tamper(sql);
        var result = await audit.VerifyAsync();

        Assert.False(result.Intact, what);
        Assert.Equal(sequence, result.FirstBadSequence);
        Assert.Contains(problem, result.Problem, StringComparison.Ordinal);
        Assert.Equal(Math.Max(0, sequence - 1), result.Records);
        Assert.Equal(PartState.Failed, (await audit.Health.CheckAsync(CancellationToken.None)).State);
    }

    [Fact]
    public async Task A_record_that_was_rewritten_with_a_fitting_hash_breaks_at_its_successor()
    {
        await using var audit = await AuditFixture.OpenAsync();
        await audit.AppendAsync(20);
        var record = (await audit.Store.ReadAsync(s => s.Audit.Read(5, 1)))[0];
        var entry = record.Entry with { Principal = "eve" };
        var text = ChatOps.Audit.Chain.CanonicalRecord.Write(5, record.Id, record.Time, record.PreviousHash, entry);
        var json = System.Text.Encoding.UTF8.GetString(text.Span);

        audit.Tamper($"UPDATE audit SET principal = 'eve', canonical_json = '{json}', hash = '{ChatOps.Audit.Chain.CanonicalRecord.Hash(text.Span)}' WHERE sequence = 5");
        var result = await audit.VerifyAsync();

        Assert.Equal((false, 6L), (result.Intact, result.FirstBadSequence!.Value));
        Assert.Contains("does not follow record 5", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_refuses_update_delete_and_insertion_out_of_order()
    {
        await using var audit = await AuditFixture.OpenAsync();
        await audit.AppendAsync(2);
        await using var connection = DatabaseFile.Open(audit.Store.Database);

        foreach (var sql in new[]
        {
            "UPDATE audit SET principal = 'eve'",
            "DELETE FROM audit",
            "DELETE FROM audit_nodes",
            "UPDATE audit_nodes SET node = 'x'",
            "INSERT INTO audit_nodes VALUES (1, 2, 'x')",
            "INSERT INTO audit_nodes VALUES (2, 2, 'x')",
            "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE sequence = 1",
            "INSERT INTO audit SELECT 9, 'x', time, previous_hash, hash, canonical_json, kind, summary, principal, actor_key, conversation_id, invocation_id, approval_id, tool, 0, risk, rule, outcome, detail FROM audit WHERE sequence = 1",
            "INSERT OR REPLACE INTO audit SELECT 3, id, time, previous_hash, hash, canonical_json, kind, summary, principal, actor_key, conversation_id, invocation_id, approval_id, tool, 0, risk, rule, outcome, detail FROM audit WHERE sequence = 1",
        })
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            var error = Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());
            Assert.Contains("audit record", error.Message, StringComparison.Ordinal);
        }

        Assert.True((await audit.VerifyAsync()).Intact);
    }

    [Fact]
    public async Task A_cut_tail_is_seen_by_the_checkpoint()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        var audit = await AuditFixture.OpenAsync(directory);
        await audit.AppendAsync(20);
        await audit.CloseAsync();
        AuditFixture.Tamper(audit.Store.Database, "DELETE FROM audit WHERE sequence > 12; DELETE FROM audit_nodes WHERE sequence > 12");

        await using var again = await AuditFixture.OpenAsync(directory, start: false);
        var result = await again.VerifyAsync();

        Assert.Equal((false, 13L, 20L), (result.Intact, result.FirstBadSequence!.Value, result.CheckpointSequence!.Value));
        Assert.Contains("cut off", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_rebuilt_from_an_older_copy_is_seen_by_the_checkpoint_even_when_it_is_longer()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        var audit = await AuditFixture.OpenAsync(directory);
        await audit.AppendAsync(10);
        await audit.CloseAsync();
        using var second = new TempDirectory();
        var copy = second.Path;
        File.Copy(audit.Store.Database, Path.Combine(copy, "chatops.db"));

        audit = await AuditFixture.OpenAsync(directory);
        await audit.AppendAsync(10);
        await audit.CloseAsync();
        await using (var other = await AuditFixture.OpenAsync(copy, start: false))
        {
            await other.AppendAsync(30);
            Assert.Equal(40, (await other.VerifyAsync()).Records);
            await other.CloseAsync();
            File.Copy(Path.Combine(copy, "chatops.db"), audit.Store.Database, overwrite: true);
        }

        await using var again = await AuditFixture.OpenAsync(directory, start: false);
        var result = await again.VerifyAsync();

        // The second start's own first checkpoint may have seen any record from 10 on; the one at its end saw 20.
        Assert.False(result.Intact);
        Assert.InRange(result.FirstBadSequence!.Value, 11, 20);
        Assert.Contains("rebuilt", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_checkpoint_is_seen_by_its_signature()
    {
        await using var audit = await CheckpointedAsync(20);
        var lines = await File.ReadAllTextAsync(audit.Checkpoints.FilePath);
        await File.WriteAllTextAsync(audit.Checkpoints.FilePath, lines.Replace("\"sequence\":20", "\"sequence\":12", StringComparison.Ordinal));

        var result = await audit.VerifyAsync();

        Assert.False(result.Intact);
        Assert.Contains("signature does not fit", result.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit.checkpoint")]
    [InlineData("keys/audit.key")]
    public async Task A_missing_checkpoint_or_key_is_said(string file)
    {
        await using var audit = await CheckpointedAsync(20);
        File.Delete(Path.Combine(audit.Store.DataDirectory, file));

        var result = await audit.VerifyAsync();

        Assert.False(result.Intact);
        Assert.Contains("missing", result.Problem, StringComparison.Ordinal);
        Assert.Null(result.FirstBadSequence);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense\n")]
    public async Task A_removed_or_emptied_checkpoint_stays_seen_when_later_starts_write_new_lines(string? left)
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        var audit = await AuditFixture.OpenAsync(directory);
        await audit.AppendAsync(20);
        var file = audit.Checkpoints.FilePath;
        await audit.CloseAsync();
        File.Delete(file);
        if (left is not null) await File.WriteAllTextAsync(file, left);
        audit = await AuditFixture.OpenAsync(directory);
        await audit.AppendAsync(1);
        await audit.CloseAsync();

        await using var again = await AuditFixture.OpenAsync(directory, start: false);
        var result = await again.VerifyAsync();

        Assert.False(result.Intact);
        Assert.Contains("removed or emptied", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_checkpoint_line_that_a_sudden_end_cut_short_is_written_again()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        var audit = await AuditFixture.OpenAsync(directory);
        var file = audit.Checkpoints.FilePath;
        await audit.CloseAsync();
        await File.WriteAllTextAsync(file, "{\"sequence\":0,\"ha");
        audit = await AuditFixture.OpenAsync(directory);
        await audit.AppendAsync(3);
        await audit.CloseAsync();

        await using var again = await AuditFixture.OpenAsync(directory, start: false);
        var result = await again.VerifyAsync();

        Assert.True(result.Intact, result.Problem);
    }

    [Fact]
    public async Task A_checkpoint_line_that_a_sudden_end_cut_short_is_no_accusation()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        var audit = await AuditFixture.OpenAsync(directory);
        var file = audit.Checkpoints.FilePath;
        await audit.AppendAsync(5);
        await audit.CloseAsync();
        await File.AppendAllTextAsync(file, "{\"sequence\":6,\"ha");
        audit = await AuditFixture.OpenAsync(directory);
        await audit.AppendAsync(3);
        await audit.CloseAsync();

        await using var again = await AuditFixture.OpenAsync(directory, start: false);
        var result = await again.VerifyAsync();

        Assert.True(result.Intact, result.Problem);
        Assert.Equal(8, result.CheckpointSequence);
    }

    [Fact]
    public async Task A_broken_record_is_said_at_the_start_and_recorded_and_effects_stop_only_when_so_configured()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        var audit = await AuditFixture.OpenAsync(directory);
        await audit.AppendAsync(20);
        await audit.CloseAsync();
        AuditFixture.Tamper(audit.Store.Database, "UPDATE audit SET principal = 'eve' WHERE sequence = 18");

        audit = await AuditFixture.OpenAsync(directory);
        var health = await audit.Health.CheckAsync(CancellationToken.None);
        var newest = (await audit.Log.QueryAsync(new AuditQuery(Limit: 1), CancellationToken.None))[0];
        await audit.AppendAsync(1);
        await audit.CloseAsync();

        Assert.Equal(PartState.Failed, health.State);
        Assert.Contains("Record 18", health.Summary, StringComparison.Ordinal);
        Assert.Equal((AuditKind.System, "failed"), (newest.Entry.Kind, newest.Entry.Outcome));

        await using var strict = await AuditFixture.OpenAsync(directory, stopWhenBroken: true);
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => strict.AppendAsync(1));
        Assert.Contains("audit verify", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A record with its checkpoint, and nobody who writes another while a test tampers with the file.</summary>
    private static async Task<AuditFixture> CheckpointedAsync(int records)
    {
        // The fixture that is returned removes it.
        var directory = StoreFixture.NewDirectory();
        var audit = await AuditFixture.OpenAsync(directory);
        await audit.AppendAsync(records);
        await audit.CloseAsync();
        return await AuditFixture.OpenAsync(directory, start: false);
    }
}
