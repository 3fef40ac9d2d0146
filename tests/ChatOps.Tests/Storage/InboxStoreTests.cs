using ChatOps.Storage;
using ChatOps.Testing;

namespace ChatOps.Tests.Storage;

public abstract class InboxStoreTests(StoreKind kind)
{
    [Fact]
    public async Task What_is_added_is_found_unchanged()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var item = Rows.Inbox("a1") with { Text = "zero \0, newline \n, quote ' and \U0001F680 ü" };

        Assert.Equal(("a1", true), await store.WriteAsync(s => s.Inbox.Add(item)));

        // A server has no place for NUL, which the inbox lets nobody send.
        var kept = kind == StoreKind.Sqlite ? item : item with { Text = item.Text.Replace('\0', '\uFFFD') };
        Assert.Equal(kept, await store.ReadAsync(s => s.Inbox.Find("a1")));
    }

    [Fact]
    public async Task A_platform_key_is_taken_once_and_names_the_row_that_has_it()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1", key: "k")));

        var again = await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a2", key: "k")));

        Assert.Equal(("a1", false), again);
        Assert.Null(await store.ReadAsync(s => s.Inbox.Find("a2")));
    }

    [Fact]
    public async Task What_comes_later_sorts_later_although_the_clock_that_names_it_is_behind()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var (behind, ahead) = (new IdGenerator(new FakeTimeProvider(Rows.Noon)), new IdGenerator(new FakeTimeProvider(Rows.Noon.AddMinutes(10))));
        var first = await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox(ahead.NewId(), key: "first"), ahead.NewIdAfter));
        var second = await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox(behind.NewId(), key: "second"), behind.NewIdAfter));

        Assert.Equal((true, true), (first.Added, second.Added));
        Assert.True(string.CompareOrdinal(first.Id, second.Id) < 0);
        Assert.Equal(second.Id, (await store.ReadAsync(s => s.Inbox.Find(second.Id)))?.Id);
        Assert.True(string.CompareOrdinal(second.Id, behind.NewId()) < 0);
    }

    [Fact]
    public async Task Whoever_takes_a_conversation_is_told_after_what_its_answers_must_sort()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var (behind, ahead) = (new IdGenerator(new FakeTimeProvider(Rows.Noon)), new IdGenerator(new FakeTimeProvider(Rows.Noon.AddMinutes(10))));
        var answered = ahead.NewId();
        await store.WriteAsync(s => s.Outbox.Add(Rows.Step(answered, "m1")));

        Assert.NotNull(await store.WriteAsync(s => s.Conversations.TryLease("web/c1", "behind", Rows.Noon, Rows.Noon.AddSeconds(30), last => behind.NewIdAfter(last))));

        Assert.True(string.CompareOrdinal(answered, behind.NewId()) < 0);
    }

    [Fact]
    public async Task A_platform_key_that_comes_many_times_at_once_is_added_once()
    {
        await using var store = await StoreFixture.OpenAsync(kind);

        var results = await Task.WhenAll(Enumerable.Range(0, 200)
            .Select(i => Task.Run(() => store.WriteAsync(s => s.Inbox.Add(Rows.Inbox($"a{i:000}", key: "same"))))));

        Assert.Single(results, r => r.Added);
        Assert.Single(results.Select(r => r.Id).Distinct());
    }

    [Fact]
    public async Task The_oldest_open_item_of_a_conversation_is_next_and_a_suspended_one_does_not_block()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            foreach (var id in new[] { "a1", "a2", "a3" }) s.Inbox.Add(Rows.Inbox(id));
            s.Inbox.Add(Rows.Inbox("b1", "web/c2"));
            s.Inbox.SetState("a1", InboxState.Done, null, "answered");
            s.Inbox.SetState("a2", InboxState.Suspended, "inv1", null);
        });

        Assert.Equal("a3", (await store.ReadAsync(s => s.Inbox.Next("web/c1")))?.Id);
        Assert.Equal("a2", (await store.ReadAsync(s => s.Inbox.FindWaitingFor("inv1")))?.Id);
        Assert.Equal(["a2"], (await store.ReadAsync(s => s.Inbox.Suspended(10))).Select(i => i.Id));
        Assert.Equal(["web/c1", "web/c2"], await store.ReadAsync(s => s.Inbox.ConversationsWithWork(10)));
        Assert.Equal((Rows.Noon, 2), await store.ReadAsync(s => s.Inbox.Waiting()));
    }

    [Fact]
    public async Task Entering_work_counts_an_attempt_and_a_working_item_stays_next()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Inbox.Add(Rows.Inbox("a1"));
            s.Inbox.SetState("a1", InboxState.Working, null, null);
            s.Inbox.SetState("a1", InboxState.Working, null, null);
        });

        var next = await store.ReadAsync(s => s.Inbox.Next("web/c1"));

        Assert.Equal((2, InboxState.Working), (next!.Attempts, next.State));
    }

    [Fact]
    public async Task Pruning_removes_old_terminal_items_alone()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            foreach (var id in new[] { "old-done", "old-open" }) s.Inbox.Add(Rows.Inbox(id) with { ReceivedAt = Rows.Noon.AddDays(-8) });
            s.Inbox.Add(Rows.Inbox("new-done"));
            s.Inbox.SetState("old-done", InboxState.Done, null, null);
            s.Inbox.SetState("new-done", InboxState.Done, null, null);
        });

        Assert.Equal(1, await store.WriteAsync(s => s.Inbox.Prune(Rows.Noon.AddDays(-7))));

        Assert.Null(await store.ReadAsync(s => s.Inbox.Find("old-done")));
        Assert.NotNull(await store.ReadAsync(s => s.Inbox.Find("old-open")));
        Assert.NotNull(await store.ReadAsync(s => s.Inbox.Find("new-done")));
    }

    public sealed class OnSqlite() : InboxStoreTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : InboxStoreTests(StoreKind.PostgreSql);
}
