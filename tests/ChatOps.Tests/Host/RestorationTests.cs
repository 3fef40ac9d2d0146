using ChatOps.Approvals;
using ChatOps.Host.Backups;
using ChatOps.Schedules;
using ChatOps.Storage;
using ChatOps.Tests.Audit;
using ChatOps.Tests.Storage;
using ChatOps.Tools;

namespace ChatOps.Tests.Host;

/// <summary>A backup of a store in which everything is under way, and what is left of it after a restore.</summary>
public sealed class RestorationTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chatops-backup-");
    private AuditFixture live = null!;

    private string Data => Path.Combine(folder.FullName, "data");

    private string Target => Path.Combine(folder.FullName, "restored");

    private string File => Path.Combine(folder.FullName, "backup");

    public async ValueTask InitializeAsync()
    {
        live = await AuditFixture.OpenAsync(Data);
        await live.AppendAsync(5);
    }

    public ValueTask DisposeAsync() => live.DisposeAsync();

    public void Dispose()
    {
        if (folder.Exists) folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_was_recorded_is_there_and_the_record_says_that_it_was_restored()
    {
        var manifest = Backup();
        await live.AppendAsync(3);
        await RestoreAsync();

        await using var restored = await AuditFixture.OpenAsync(Target);
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

        await using var restored = await StoreFixture.OpenAsync(Target);
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
        live.Tamper("UPDATE audit SET summary = 'nothing' WHERE sequence = 3");
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

    private static Schedule Hourly => new("hourly", ScheduleKind.Command, "/nodes", "every 1h", "UTC", "uma", null);

    private BackupManifest Backup() => new BackupWriter(Time, new IdGenerator(Time)).Write(Data, File, null);

    private Task<RestoreReport> RestoreAsync(bool force = false) => new Restoration(Time, new IdGenerator(Time)).RunAsync(File, Target, null, force, CancellationToken.None);
}
