using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tests.Storage;

public abstract class TurnStepStoreTests(StoreKind kind)
{
    [Fact]
    public async Task Steps_come_back_in_order_and_a_number_is_taken_once()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var added = await store.WriteAsync(s => new[]
        {
            s.TurnSteps.Add(Step(2, TurnStepKind.Tool)), s.TurnSteps.Add(Step(1, TurnStepKind.Model)), s.TurnSteps.Add(Step(2, TurnStepKind.Model)),
        });

        Assert.Equal([true, true, false], added);
        Assert.Equal([Step(1, TurnStepKind.Model), Step(2, TurnStepKind.Tool)], await store.ReadAsync(s => s.TurnSteps.Of("a1")));
        Assert.True(await store.ReadAsync(s => s.TurnSteps.Any("a1")));
        Assert.False(await store.ReadAsync(s => s.TurnSteps.Any("a2")));
    }

    [Fact]
    public async Task A_step_is_progress_so_attempts_are_counted_anew()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Inbox.Add(Rows.Inbox("a1"));
            for (var i = 0; i < 3; i++) s.Inbox.SetState("a1", InboxState.Working, null, null);
            Assert.Equal(3, s.Inbox.Find("a1")!.Attempts);
            return s.TurnSteps.Add(Step(1, TurnStepKind.Model));
        });

        Assert.Equal(1, (await store.ReadAsync(s => s.Inbox.Find("a1")))!.Attempts);
    }

    [Fact]
    public async Task A_suspended_item_is_opened_again_once_and_in_its_order()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            foreach (var id in new[] { "a1", "a2" }) s.Inbox.Add(Rows.Inbox(id));
            s.Inbox.SetState("a1", InboxState.Working, null, null);
            s.Inbox.SetState("a1", InboxState.Suspended, "inv1", null);
            return true;
        });

        Assert.Equal(["a1"], (await store.ReadAsync(s => s.Inbox.SuspendedIn("web/c1", 10))).Select(i => i.Id));
        Assert.True(await store.WriteAsync(s => s.Inbox.Resume("a1")));
        Assert.False(await store.WriteAsync(s => s.Inbox.Resume("a1")));
        var next = await store.ReadAsync(s => s.Inbox.Next("web/c1"));
        Assert.Equal(("a1", InboxState.Accepted, 0, null), (next!.Id, next.State, next.Attempts, next.WaitsFor));
    }

    [Fact]
    public async Task Steps_go_with_the_message_that_they_answer()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Inbox.Add(Rows.Inbox("a1"));
            s.TurnSteps.Add(Step(1, TurnStepKind.Model));
            s.Inbox.SetState("a1", InboxState.Done, null, "answered");
            return true;
        });

        Assert.Equal(1, await store.WriteAsync(s => s.Inbox.Prune(Rows.Noon.AddDays(8))));
        Assert.Empty(await store.ReadAsync(s => s.TurnSteps.Of("a1")));
    }

    [Fact]
    public async Task The_memory_of_a_conversation_begins_where_it_was_set_and_joined_messages_are_kept()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Inbox.Add(Rows.Inbox("a1"));
            s.Conversations.Touch("web/c1", null, "c1", Rows.Noon);
            s.Conversations.BeginMemory("web/c1", "a1");
            s.Inbox.SetContext("a1", new InboundContext { Joined = ["a2", "a3"] });
            return true;
        });

        Assert.Equal("a1", (await store.ReadAsync(s => s.Conversations.Find("web/c1")))!.MemoryFrom);
        Assert.Equal(["a2", "a3"], (await store.ReadAsync(s => s.Inbox.Find("a1")))!.Context.Joined);
    }

    private static TurnStep Step(int number, TurnStepKind kind) => new("a1", number, kind, $"{{\"n\":{number}}}", Rows.Noon);

    public sealed class OnSqlite() : TurnStepStoreTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : TurnStepStoreTests(StoreKind.PostgreSql);
}
