using System.Collections.Concurrent;
using ChatOps.Storage;
using ChatOps.Storage.Engine;
using ChatOps.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Storage;

public abstract class GroupCommitTests(StoreKind kind)
{
    [Fact]
    public async Task Many_writers_share_commits_and_each_completes_only_when_its_row_is_there_for_all()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        const int Writers = 64;
        const int Each = 20;
        var seen = new ConcurrentBag<bool>();
        await using var held = await HeldWrite.BeginAsync(store);

        // Whoever waits behind a write shares the next commit, however the threads are scheduled.
        var together = Enumerable.Range(0, Writers).Select(w => store.WriteAsync(s => s.Inbox.Add(Rows.Inbox($"t{w:00}")))).ToList();
        await held.EndAsync();
        await Task.WhenAll(together);
        Assert.InRange(store.Services.GetRequiredService<StoreMetrics>().Commits, 2, 1 + (Writers / 4));

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            await using var outside = await store.ConnectOutsideAsync();
            for (var i = 0; i < Each; i++)
            {
                var id = $"w{w:00}-{i:00}";
                await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox(id)));
                await using var count = outside.CreateCommand();
                count.CommandText = $"SELECT COUNT(*) FROM inbox WHERE id = '{id}'";
                seen.Add((long)(await count.ExecuteScalarAsync())! == 1);
            }
        })));

        var metrics = store.Services.GetRequiredService<StoreMetrics>();
        Assert.Equal(Writers * Each, seen.Count);
        Assert.DoesNotContain(false, seen);
        Assert.Equal(1 + Writers + (Writers * Each), metrics.Writes);
        Assert.InRange(metrics.Commits, 2, metrics.Writes);
    }

    [Fact]
    public async Task Whoever_fails_because_of_another_write_of_the_group_hears_of_it_when_that_one_can_be_seen()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await using var held = await HeldWrite.BeginAsync(store);

        var original = store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("original")));
        var duplicate = store.WriteAsync(s => s.Inbox.Find("original") is null ? 0 : throw new ArgumentException("it is there"));
        var toldTooSoon = false;
        var last = store.WriteAsync(_ => toldTooSoon = SpinWait.SpinUntil(() => duplicate.IsCompleted, TimeSpan.FromMilliseconds(200)));
        await held.EndAsync();
        await Task.WhenAll(original, last);

        await Assert.ThrowsAsync<ArgumentException>(() => duplicate);
        Assert.False(toldTooSoon);
    }

    [Fact]
    public async Task A_write_that_throws_is_undone_alone_and_only_its_caller_hears_of_it()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await using var held = await HeldWrite.BeginAsync(store);

        // These wait behind the first and so become one group.
        var writes = Enumerable.Range(0, 30).Select(i => store.WriteAsync(s =>
        {
            s.Inbox.Add(Rows.Inbox($"a{i:00}"));
            if (i % 10 == 5) throw new ArgumentException($"number {i}");
            return i;
        })).ToList();
        await held.EndAsync();

        for (var i = 0; i < writes.Count; i++)
        {
            if (i % 10 == 5) Assert.Equal($"number {i}", (await Assert.ThrowsAsync<ArgumentException>(() => writes[i])).Message);
            else Assert.Equal(i, await writes[i]);
            Assert.Equal(i % 10 != 5, await store.ReadAsync(s => s.Inbox.Find($"a{i:00}")) is not null);
        }

        Assert.Equal(2, store.Services.GetRequiredService<StoreMetrics>().Commits);
    }

    [Fact]
    public async Task A_lone_write_that_throws_leaves_nothing()
    {
        await using var store = await StoreFixture.OpenAsync(kind);

        await Assert.ThrowsAsync<ArgumentException>(() => store.WriteAsync(s =>
        {
            s.Inbox.Add(Rows.Inbox("a1"));
            throw new ArgumentException("no");
        }));

        Assert.Null(await store.ReadAsync(s => s.Inbox.Find("a1")));
        Assert.Equal(("a1", true), await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1"))));
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_is_its_callers_mistake_and_the_store_is_well()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s => s.Approvals.Add(Rows.Approval("ap1")));

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(s => s.Approvals.Add(Rows.Approval("ap1"))));

        Assert.NotEqual(Diagnostics.PartState.Failed, (await store.Health.CheckAsync(CancellationToken.None)).State);
    }

    [Fact]
    public async Task Readers_see_a_snapshot_and_never_wait_for_a_long_write()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await using var held = await HeldWrite.BeginAsync(store, s =>
        {
            for (var i = 0; i < 500; i++) s.Inbox.Add(Rows.Inbox($"a{i:000}"));
        });

        var during = await store.ReadAsync(s => s.Inbox.Waiting().Count).WaitAsync(Testing.Until.Limit);
        await held.EndAsync();

        Assert.Equal(0, during);
        Assert.Equal(500, await store.ReadAsync(s => s.Inbox.Waiting().Count));
    }

    [Fact]
    public async Task A_reader_keeps_its_snapshot_while_others_write()
    {
        await using var store = await StoreFixture.OpenAsync(kind);

        var counts = await store.ReadAsync(s =>
        {
            var before = s.Inbox.Waiting().Count;
            Task.Run(() => store.WriteAsync(w => w.Inbox.Add(Rows.Inbox("a1")))).GetAwaiter().GetResult();
            return (before, after: s.Inbox.Waiting().Count);
        });

        Assert.Equal((0, 0), counts);
        Assert.Equal(1, await store.ReadAsync(s => s.Inbox.Waiting().Count));
    }

    [Fact]
    public async Task Writing_in_a_read_throws_and_changes_nothing()
    {
        await using var store = await StoreFixture.OpenAsync(kind);

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.ReadAsync(s => s.Inbox.Add(Rows.Inbox("a1"))));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.ReadAsync(s => s.Conversations.TryLease("c", "h", Rows.Noon, Rows.Noon)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.ReadAsync(s =>
        {
            s.PublishAfterCommit(new object());
            return 0;
        }));

        Assert.Null(await store.ReadAsync(s => s.Inbox.Find("a1")));
    }

    [Fact]
    public async Task A_session_ends_with_its_delegate_and_stays_on_its_thread()
    {
        await using var store = await StoreFixture.OpenAsync(kind);

        var kept = await store.WriteAsync(s => s);
        var inbox = kept.Inbox;
        Assert.Throws<InvalidOperationException>(() => inbox.Find("a1"));

        await store.ReadAsync(s =>
        {
            Exception? elsewhere = null;
            var thread = new Thread(() => elsewhere = Record.Exception(() => s.Inbox.Find("a1")));
            thread.Start();
            thread.Join();
            return Assert.IsType<InvalidOperationException>(elsewhere);
        });
    }

    [Fact]
    public async Task A_write_that_is_given_up_before_its_turn_never_runs()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        using var giveUp = new CancellationTokenSource();
        await using var held = await HeldWrite.BeginAsync(store);
        var second = store.Store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1")), giveUp.Token);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await held.EndAsync();

        await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a2")));
        Assert.Null(await store.ReadAsync(s => s.Inbox.Find("a1")));
    }

    [Fact]
    public async Task A_full_line_makes_writers_wait_and_refuses_them_after_its_limit()
    {
        await using var store = await StoreFixture.OpenAsync(kind, change: o => new StorageOptions
        {
            DataDirectory = o.DataDirectory,
            PostgreSql = o.PostgreSql,
            MaxQueuedWrites = 2,
            QueueTimeout = TimeSpan.FromMilliseconds(100),
        });
        await using var held = await HeldWrite.BeginAsync(store);
        var queued = new[] { store.WriteAsync(_ => 1), store.WriteAsync(_ => 2) };

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteAsync(_ => 3));
        await held.EndAsync();

        Assert.Contains("too busy", refused.Message, StringComparison.Ordinal);
        var results = await Task.WhenAll(queued);
        Assert.Equal([1, 2], results);
    }

    [Fact]
    public async Task Closing_finishes_what_waits_and_refuses_what_comes_later()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        var store = await StoreFixture.OpenAsync(kind, directory);
        var writes = Enumerable.Range(0, 200).Select(i => store.WriteAsync(s => s.Inbox.Add(Rows.Inbox($"a{i:000}")))).ToList();
        var late = store.Store;
        await store.DisposeAsync();

        Assert.All(await Task.WhenAll(writes), w => Assert.True(w.Added));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => late.WriteAsync(_ => 0, CancellationToken.None));
        Assert.False(File.Exists(store.Database + "-wal"));
        await using var again = await StoreFixture.OpenAsync(kind, directory);
        Assert.Equal(200, await again.ReadAsync(s => s.Inbox.Waiting().Count));
    }

    public sealed class OnSqlite() : GroupCommitTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : GroupCommitTests(StoreKind.PostgreSql);
}
