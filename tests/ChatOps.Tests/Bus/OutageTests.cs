using ChatOps.Bus;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Tests.Checks;
using ChatOps.Tests.Storage;

namespace ChatOps.Tests.Bus;

public abstract class OutageTests(StoreKind kind)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(7);
    private readonly FakeTimeProvider clock = new();
    private readonly RecordingReplies replies = new();
    private readonly ConversationKey conversation = Some.Conversation();

    [Fact]
    public async Task Whoever_had_to_wait_is_told_once_however_many_gateways_noticed()
    {
        await using var store = await OpenAsync();
        var (one, other) = (OutagesOn(store.Store, store), OutagesOn(store.Store, store));
        foreach (var outages in (Outages[])[one, other, one]) outages.Note(conversation);
        clock.Advance(Long);
        foreach (var outages in (Outages[])[one, other, one]) await outages.EndAsync(CancellationToken.None);
        Assert.Equal((conversation.Id, 1), (Assert.Single(replies.Posted).Conversation, replies.Said.Count(s => s.Contains("could not use its store for 7 minutes", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_next_outage_is_told_of_again_and_a_short_one_never()
    {
        await using var store = await OpenAsync();
        var outages = OutagesOn(store.Store, store);
        foreach (var length in (TimeSpan[])[Long, TimeSpan.FromMinutes(4), TimeSpan.FromHours(3)])
        {
            outages.Note(conversation);
            clock.Advance(length);
            await outages.EndAsync(CancellationToken.None);
        }

        Assert.Equal(2, replies.Posted.Count);
        Assert.Contains("for 3.0 hours", replies.Said[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_taken_before_and_has_no_end_counts_and_what_a_schedule_asked_or_came_later_does_not()
    {
        await using var store = await OpenAsync();
        var outages = OutagesOn(store.Store, store);
        var (asked, scheduled, later) = (Some.Conversation(), Some.Conversation(), Some.Conversation());
        await AddAsync(store, asked, new InboundContext());
        await AddAsync(store, scheduled, new InboundContext { Schedule = "nightly" });
        clock.Advance(TimeSpan.FromSeconds(1));
        outages.Note(null);
        clock.Advance(Long);
        await AddAsync(store, later, new InboundContext());
        await outages.EndAsync(CancellationToken.None);
        Assert.Equal(asked.Id, Assert.Single(replies.Posted).Conversation);
    }

    [Fact]
    public async Task A_store_that_goes_again_while_they_are_told_leaves_it_for_the_next_time_and_nobody_unknown_is_written_to()
    {
        await using var store = await OpenAsync();
        var flaky = new FlakyStore(store.Store);
        var outages = OutagesOn(flaky, store);
        outages.Note(conversation);
        outages.Note(Some.Conversation());
        clock.Advance(Long);
        flaky.IsAway = true;
        await outages.EndAsync(CancellationToken.None);
        Assert.Empty(replies.Posted);
        flaky.IsAway = false;
        await outages.EndAsync(CancellationToken.None);
        Assert.Equal(conversation.Id, Assert.Single(replies.Posted).Conversation);
    }

    [Fact]
    public async Task What_a_platform_had_kept_comes_after_the_end_and_its_conversation_is_told_but_nobody_who_comes_later()
    {
        await using var store = await OpenAsync();
        var outages = OutagesOn(store.Store, store);
        outages.Note(null);
        clock.Advance(Long);
        await outages.EndAsync(CancellationToken.None);
        await outages.CaughtUpAsync(conversation, CancellationToken.None);
        await outages.CaughtUpAsync(conversation, CancellationToken.None);
        clock.Advance(Outages.CatchUp + TimeSpan.FromSeconds(1));
        await outages.CaughtUpAsync(Some.Conversation(), CancellationToken.None);
        Assert.Equal(conversation.Id, Assert.Single(replies.Posted).Conversation);
    }

    // The conversation is one that somebody was in before.
    private async Task<StoreFixture> OpenAsync()
    {
        var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s => s.Conversations.Touch(conversation.Id, null, "status", clock.GetUtcNow()));
        return store;
    }

    private Task AddAsync(StoreFixture store, ConversationKey where, InboundContext context) => store.WriteAsync(s =>
    {
        s.Conversations.Touch(where.Id, null, "status", clock.GetUtcNow());
        s.Inbox.Add(Some.InboxItem(where.Id, clock.GetUtcNow()) with { Context = context });
    });

    private Outages OutagesOn(IStore store, StoreFixture fixture) => new(store, fixture.Ids, clock, new BusOptions(), new Lazy<IReplies>(replies));

    public sealed class OnSqlite() : OutageTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : OutageTests(StoreKind.PostgreSql);
}
