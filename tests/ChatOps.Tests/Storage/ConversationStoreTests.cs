using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tests.Storage;

public abstract class ConversationStoreTests(StoreKind kind)
{
    [Fact]
    public async Task A_person_sees_their_conversations_newest_activity_first()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Conversations.Touch("web/c1", "uma", "First", Rows.Noon);
            s.Conversations.Touch("web/c2", "uma", "Second", Rows.Noon.AddMinutes(1));
            s.Conversations.Touch("web/c3", "li", "Other", Rows.Noon);
            s.Conversations.Touch("telegram/5", null, "Group", Rows.Noon);
            s.Conversations.Touch("web/c1", "ignored", "ignored", Rows.Noon.AddMinutes(2));
            s.Conversations.Touch("web/c2", null, "ignored", Rows.Noon.AddHours(-1));
            s.Conversations.Rename("web/c2", "Renamed");
        });

        var list = await store.ReadAsync(s => s.Conversations.List("web", "uma", 10));

        Assert.Equal(
            [("web/c1", "First", Rows.Noon.AddMinutes(2)), ("web/c2", "Renamed", Rows.Noon.AddMinutes(1))],
            list.Select(c => (c.Id, c.Title, c.LastActivityAt)));
        Assert.Null((await store.ReadAsync(s => s.Conversations.Find("telegram/5")))!.Owner);
    }

    [Fact]
    public async Task A_lease_has_one_holder_and_its_token_fences_off_the_one_before()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var until = Rows.Noon.AddSeconds(30);

        var first = await store.WriteAsync(s => s.Conversations.TryLease("web/c1", "g1", Rows.Noon, until));
        Assert.NotNull(first);
        Assert.Null(await store.WriteAsync(s => s.Conversations.TryLease("web/c1", "g2", Rows.Noon.AddSeconds(29), until)));

        var second = await store.WriteAsync(s => s.Conversations.TryLease("web/c1", "g2", until, until.AddSeconds(30)));
        Assert.True(second > first);
        Assert.False(await store.ReadAsync(s => s.Conversations.Holds("web/c1", first.Value)));
        Assert.False(await store.WriteAsync(s => s.Conversations.Renew("web/c1", first.Value, until.AddHours(1))));
        await store.WriteAsync(s => s.Conversations.Release("web/c1", first.Value));
        Assert.True(await store.ReadAsync(s => s.Conversations.Holds("web/c1", second!.Value)));
        await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1")));
        Assert.Null(await store.ReadAsync(s => s.Conversations.HeldState("web/c1", first.Value, "a1")));
        Assert.Equal(InboxState.Accepted, await store.ReadAsync(s => s.Conversations.HeldState("web/c1", second!.Value, "a1")));

        await store.WriteAsync(s => s.Conversations.Release("web/c1", second!.Value));
        Assert.False(await store.ReadAsync(s => s.Conversations.Holds("web/c1", second!.Value)));
        Assert.Null(await store.ReadAsync(s => s.Conversations.HeldState("web/c1", second!.Value, "a1")));
        Assert.False(await store.WriteAsync(s => s.Conversations.Renew("web/c1", second!.Value, until.AddHours(1))));
        Assert.True(await store.WriteAsync(s => s.Conversations.TryLease("web/c1", "g1", Rows.Noon, until)) > second);
    }

    [Fact]
    public async Task Of_many_who_want_a_lease_at_once_one_gets_it()
    {
        await using var store = await StoreFixture.OpenAsync(kind);

        var tokens = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() =>
            store.WriteAsync(s => s.Conversations.TryLease("web/c1", $"g{i}", Rows.Noon, Rows.Noon.AddSeconds(30))))));

        Assert.Single(tokens, t => t is not null);
    }

    [Fact]
    public async Task A_timeline_merges_texts_and_messages_by_id_and_pages_backwards()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Inbox.Add(Rows.Inbox("01"));
            s.Outbox.AddMessage(Rows.Message("02"));
            s.Inbox.Add(Rows.Inbox("03") with { Kind = InboundKind.Action });
            s.Inbox.Add(Rows.Inbox("04"));
            s.Outbox.AddMessage(Rows.Message("05"));
            s.Outbox.AddMessage(Rows.Message("06", "web/c2"));
        });

        var newest = await store.ReadAsync(s => s.Conversations.Timeline("web/c1", null, 2));
        var before = await store.ReadAsync(s => s.Conversations.Timeline("web/c1", "04", 5));

        Assert.Equal(["04", "05"], newest.Select(e => e.Id));
        Assert.Equal(["01", "02"], before.Select(e => e.Id));
        Assert.All(newest.Concat(before), e => Assert.True(e.Inbound is null != e.Message is null));
    }

    public sealed class OnSqlite() : ConversationStoreTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : ConversationStoreTests(StoreKind.PostgreSql);
}
