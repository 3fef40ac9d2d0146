using System.Diagnostics;
using ChatOps.Diagnostics;
using ChatOps.Storage;
using ChatOps.Testing;
using Microsoft.Data.Sqlite;

namespace ChatOps.Tests.Storage;

/// <summary>The store fails closed, says why, and recovers by itself when the cause is gone.</summary>
public class FailureTests
{
    [Fact]
    public async Task Locked_by_another_program()
    {
        await using var store = await StoreFixture.OpenAsync(change: o => new StorageOptions { DataDirectory = o.DataDirectory, BusyTimeout = TimeSpan.FromMilliseconds(150) });
        await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a0")));
        await using var other = DatabaseFile.Open(store.Database);
        Execute(other, "BEGIN IMMEDIATE; INSERT INTO store_probe VALUES (7, 7)");

        var clock = Stopwatch.StartNew();
        var failures = await Task.WhenAll(Enumerable.Range(1, 20).Select(i =>
            Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteAsync(s => s.Inbox.Add(Rows.Inbox($"a{i}"))))));

        Assert.All(failures, f => Assert.Contains("locked by another process", f.Message, StringComparison.Ordinal));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Testing.Until.Limit);
        Assert.NotNull(await store.ReadAsync(s => s.Inbox.Find("a0")));
        Assert.Equal(PartState.Failed, (await store.Health.CheckAsync(CancellationToken.None)).State);

        Execute(other, "ROLLBACK");
        Assert.Equal(PartState.Ok, (await store.Health.CheckAsync(CancellationToken.None)).State);
        Assert.Equal(("b1", true), await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("b1"))));
        Assert.Equal(2, await store.ReadAsync(s => s.Inbox.Waiting().Count));
    }

    [Fact]
    public async Task A_deleted_directory_stops_everything_and_no_empty_database_appears()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1")));
        Directory.Delete(store.DataDirectory, recursive: true);

        for (var i = 0; i < 3; i++)
        {
            var write = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a2"))));
            Assert.Contains("was deleted, moved or replaced", write.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadAsync(s => s.Inbox.Find("a1")));
        }

        Assert.Equal(PartState.Failed, (await store.Health.CheckAsync(CancellationToken.None)).State);
        Assert.False(Directory.Exists(store.DataDirectory));
    }

    [Fact]
    public async Task A_directory_that_was_moved_away_works_again_once_it_is_back()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1")));
        Directory.Move(store.DataDirectory, store.DataDirectory + ".away");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a2"))));

        Directory.Move(store.DataDirectory + ".away", store.DataDirectory);

        Assert.Equal(("a2", true), await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a2"))));
        Assert.Equal(2, await store.ReadAsync(s => s.Inbox.Waiting().Count));
    }

    [Fact]
    public async Task Another_database_at_the_same_place_is_not_taken_for_ours()
    {
        using var other = new TempDirectory();
        var otherDirectory = other.Path;
        await (await StoreFixture.OpenAsync(otherDirectory)).DisposeAsync();
        await using var store = await StoreFixture.OpenAsync();
        await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1")));

        File.Move(store.Database, store.Database + ".away");
        File.Copy(Path.Combine(otherDirectory, "chatops.db"), store.Database);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a2"))));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a3"))));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadAsync(s => s.Inbox.Find("a1")));
    }

    [Fact]
    public async Task A_full_disk_refuses_whole_groups_and_goes_on_when_there_is_room()
    {
        using var disk = SmallDisk.Mount("4m");
        await using var store = await StoreFixture.OpenAsync(disk.Path);
        var ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[2 * 1024 * 1024]);

        var accepted = new List<string>();
        StoreUnavailableException? full = null;
        for (var i = 0; full is null && i < 5000; i++)
        {
            var group = Enumerable.Range(0, 8).Select(n => (Id: $"a{i:0000}-{n}", Write: store.WriteAsync(s => s.Inbox.Add(Rows.Inbox($"a{i:0000}-{n}") with { Text = new string('x', 4000) })))).ToList();
            foreach (var (id, write) in group)
            {
                try
                {
                    await write;
                    accepted.Add(id);
                }
                catch (StoreUnavailableException e)
                {
                    full = e;
                }
            }
        }

        Assert.NotNull(full);
        Assert.Contains("disk is full", full.Message, StringComparison.Ordinal);
        await store.ReadAsync(s => Assert.IsType<InboxItem>(s.Inbox.Find(accepted[^1])));

        File.Delete(ballast);
        Assert.Equal(PartState.Ok, (await store.Health.CheckAsync(CancellationToken.None)).State);
        await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("later")));
        Assert.Equal(accepted.Count + 1, await store.ReadAsync(s => s.Inbox.Waiting().Count));
        Assert.All(accepted, id => Assert.NotNull(store.ReadAsync(s => s.Inbox.Find(id)).GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task A_read_only_disk_is_refused_at_the_start_with_its_reason()
    {
        using var disk = SmallDisk.Mount("4m");
        await (await StoreFixture.OpenAsync(disk.Path)).DisposeAsync();
        disk.MakeReadOnly();

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => StoreFixture.OpenAsync(disk.Path));

        Assert.Contains("read-only", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
