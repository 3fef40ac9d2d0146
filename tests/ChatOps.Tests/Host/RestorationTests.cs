using ChatOps.Approvals;
using ChatOps.Host.Backups;
using ChatOps.Schedules;
using ChatOps.Storage;
using ChatOps.Tests.Audit;
using ChatOps.Tests.Storage;
using ChatOps.Tools;
using Npgsql;

namespace ChatOps.Tests.Host;

/// <summary>A backup of a store in which everything is under way, and what is left of it after a restore: into the same kind of store, and into the other.</summary>
public abstract class RestorationTests(StoreKind from, StoreKind to) : IAsyncLifetime
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chatops-backup-");
    private AuditFixture live = null!;

    private string Data => Path.Combine(folder.FullName, "data");

    private string Target => Path.Combine(folder.FullName, "restored");

    private string File => Path.Combine(folder.FullName, "backup");

    public async ValueTask InitializeAsync()
    {
        live = await AuditFixture.OpenAsync(Data, kind: from);
        await live.AppendAsync(5);
    }

    public async ValueTask DisposeAsync()
    {
        await live.DisposeAsync();
        if (folder.Exists) folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_was_recorded_is_there_and_the_record_says_that_it_was_restored()
    {
        var manifest = Backup();
        await live.AppendAsync(3);
        await RestoreAsync();

        await using var restored = await AuditFixture.OpenAsync(Target, kind: to);
        var verified = await restored.VerifyAsync();
        Assert.True(verified.Intact, verified.Problem);
        var newest = (await restored.Log.QueryAsync(new(), CancellationToken.None))[0].Entry;
        Assert.Equal(("restore", manifest.Epoch), (newest.Rule, newest.Detail["backup"]));
        Assert.Equal(6, verified.Records);
    }

    [Fact]
    public async Task What_was_under_way_is_ended_and_nothing_of_it_can_happen_again()
    {
        var now = Time.GetUtcNow();
        await live.Store.Store.WriteAsync(
            s =>
            {
                s.Invocations.Add(Rows.Invocation("runs"));
                s.Invocations.Add(Rows.Invocation("asked") with { Status = InvocationStatus.Waiting, ApprovalId = "pending" });
                s.Invocations.Add(Rows.Invocation("allowed") with { Status = InvocationStatus.Waiting, ApprovalId = "approved" });
                s.Approvals.Add(Rows.Approval("pending") with { ExpiresAt = now.AddDays(1) });
                s.Approvals.Add(Rows.Approval("approved") with { State = ApprovalState.Approved });
                s.Approvals.AddGrant(Rows.Grant("grant") with { ExpiresAt = now.AddDays(1) });
                s.Approvals.AddAction(new("button", "approve pending", null, now));
                s.Inbox.Add(Rows.Inbox("said"));
                s.Outbox.AddMessage(Rows.Message("reply"));
                s.Outbox.Add(Rows.Step("step", "reply"));
                s.Credentials.Add(new("hash", CredentialKind.ApiToken, "uma", "laptop", now, now.AddDays(1), null));
                s.Nodes.AddToken(new("token", new Dictionary<string, string>(), "uma", now, now.AddDays(1)));
                s.Nodes.Add(new("web-1", "key", new Dictionary<string, string>(), false, false, null, 7, 8, "1", new Dictionary<string, string>(), now, now, 1));
                s.Schedules.Save(new(Hourly, ScheduleState.Active, now.AddDays(-9), now.AddDays(-2)));
                s.Schedules.AddRun(new("queued", "hourly", now.AddDays(-2), ScheduleTrigger.Tick, ScheduleRunState.Queued, now.AddDays(-2)));
                return true;
            },
            CancellationToken.None);
        Backup();
        await RestoreAsync();

        await using var restored = await StoreFixture.OpenAsync(to, Target);
        await restored.Store.ReadAsync(
            s =>
            {
                Assert.Equal(
                    (InvocationStatus.Unknown, InvocationStatus.Refused, InvocationStatus.Unknown),
                    (s.Invocations.Find("runs")!.Status, s.Invocations.Find("asked")!.Status, s.Invocations.Find("allowed")!.Status));
                Assert.Equal((ApprovalState.Expired, ApprovalState.Unknown), (s.Approvals.Find("pending")!.State, s.Approvals.Find("approved")!.State));
                Assert.Null(s.Approvals.FindGrant("key", now));
                Assert.Null(s.Approvals.FindAction("button"));
                Assert.Equal(InboxState.Cancelled, s.Inbox.Find("said")!.State);
                Assert.Equal(OutboxState.Unknown, s.Outbox.Find("step")!.State);
                Assert.Null(s.Credentials.Find("hash", CredentialKind.ApiToken, now));
                Assert.Empty(s.Nodes.Tokens(now));
                Assert.Equal((NodeRow.NotSeenSinceRestore, 7), (s.Nodes.Find("web-1")!.Generation, s.Nodes.Find("web-1")!.Offered));
                Assert.InRange(s.Schedules.Find("hourly")!.NextAt!.Value, now, now.AddHours(2));
                Assert.Equal(ScheduleRunState.Cancelled, s.Schedules.FindRun("queued")!.State);
                return true;
            },
            CancellationToken.None);
    }

    [Fact]
    public async Task A_directory_with_something_in_it_is_left_alone_and_with_force_kept_beside()
    {
        Backup();
        Directory.CreateDirectory(Target);
        var note = Path.Combine(Target, "note");
        await System.IO.File.WriteAllTextAsync(note, "mine");
        Assert.Contains("is not empty", (await Assert.ThrowsAsync<BackupRefusedException>(() => RestoreAsync())).Message, StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(note));

        var report = await RestoreAsync(force: true);
        Assert.Equal("mine", await System.IO.File.ReadAllTextAsync(Path.Combine(report.Before!, "note")));
        Assert.False(System.IO.File.Exists(note));
    }

    [Fact]
    public async Task Nothing_takes_the_place_of_a_gateway_that_runs()
    {
        Backup();
        using var held = StorageRegistration.DataDirectoryLock(Target, Time);
        Assert.Null(held.TryTake(null));
        Assert.Contains("Stop it", (await Assert.ThrowsAsync<BackupRefusedException>(() => RestoreAsync(force: true))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_was_changed_before_the_backup_is_not_restored()
    {
        await live.CloseAsync();
        const string Change = "UPDATE audit SET summary = 'nothing' WHERE sequence = 3";
        if (from == StoreKind.Sqlite) live.Tamper(Change);
        else await TamperAsync(StoreFixture.ServerOf(Data), Change);
        Backup();
        Assert.Contains("audit record", (await Assert.ThrowsAsync<BackupRefusedException>(() => RestoreAsync())).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
        Assert.Empty(Directory.EnumerateDirectories(folder.FullName, "*.restoring-*"));
    }

    [Fact]
    public void A_backup_is_its_owners_alone_and_never_takes_the_place_of_another()
    {
        Backup();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Contains("there already", Assert.Throws<BackupRefusedException>(() => Backup()).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Data, "backup-*"));
    }

    [Fact]
    public async Task Where_the_store_is_belongs_to_the_place_and_not_to_the_backup()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(Data, "settings.json"), """{ "Agent": { "MaxSteps": 7 }, "Store": { "Provider": "PostgreSql", "ConnectionString": "Host=lost" } }""");
        Backup();
        await RestoreAsync();
        var settings = await System.IO.File.ReadAllTextAsync(Path.Combine(Target, "settings.json"));
        Assert.Contains("\"MaxSteps\": 7", settings, StringComparison.Ordinal);
        Assert.DoesNotContain("Store", settings, StringComparison.Ordinal);
        Assert.Equal(to == StoreKind.Sqlite, System.IO.File.Exists(Path.Combine(Target, "chatops.db")));
    }

    [Fact]
    public async Task A_database_with_something_in_it_is_left_alone()
    {
        if (to == StoreKind.Sqlite) return;
        Backup();
        var used = await AuditFixture.OpenAsync(Target, kind: to);
        await used.AppendAsync(2);
        await used.CloseAsync();
        Assert.Contains("is not empty", (await Assert.ThrowsAsync<StoreUnavailableException>(() => RestoreAsync(force: true))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(folder.FullName, "*.restoring-*"));

        await using var still = await AuditFixture.OpenAsync(Target, kind: to);
        Assert.Equal(2, (await still.VerifyAsync()).Records);
    }

    [Fact]
    public async Task What_is_restored_grows_at_its_end_only_and_takes_new_records()
    {
        Backup();
        await RestoreAsync();
        await using var restored = await AuditFixture.OpenAsync(Target, kind: to);
        await restored.AppendAsync(2);
        Assert.Equal(8, (await restored.VerifyAsync()).Records);
        await using var shell = await restored.Store.ConnectOutsideAsync();
        await using var change = shell.CreateCommand();
        change.CommandText = "DELETE FROM audit WHERE sequence = 1";
        Assert.Contains("never deleted", (await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => change.ExecuteNonQueryAsync())).Message, StringComparison.Ordinal);
    }

    private static async Task TamperAsync(PostgreSqlOptions server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"ALTER TABLE audit DISABLE TRIGGER USER; {sql}; ALTER TABLE audit ENABLE TRIGGER USER", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static StorageOptions Place(string directory, StoreKind kind) => new() { DataDirectory = directory, PostgreSql = kind == StoreKind.PostgreSql ? StoreFixture.ServerOf(directory) : null };

    private static Schedule Hourly => new("hourly", ScheduleKind.Command, "/nodes", "every 1h", "UTC", "uma", null);

    private BackupManifest Backup() => new BackupWriter(Time, new IdGenerator(Time)).Write(Place(Data, from), File, null);

    private Task<RestoreReport> RestoreAsync(bool force = false) => new Restoration(Time, new IdGenerator(Time)).RunAsync(File, Place(Target, to), null, force, CancellationToken.None);

    public sealed class OnSqlite() : RestorationTests(StoreKind.Sqlite, StoreKind.Sqlite);

    public sealed class OnPostgreSql() : RestorationTests(StoreKind.PostgreSql, StoreKind.PostgreSql);

    public sealed class FromSqliteToPostgreSql() : RestorationTests(StoreKind.Sqlite, StoreKind.PostgreSql);

    public sealed class FromPostgreSqlToSqlite() : RestorationTests(StoreKind.PostgreSql, StoreKind.Sqlite);
}
