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
        Assert.Contains("for 3 hours", replies.Said[1], StringComparison.Ordinal);
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

    [Fact]
    public async Task Who_comes_several_times_while_it_is_told_of_is_told_once_however_soon_words_are_to_come()
    {
        await using var store = await OpenAsync();
        var outages = new Outages(store.Store, store.Ids, clock, new BusOptions { OutageNotice = TimeSpan.FromSeconds(1) }, new Lazy<IReplies>(replies));
        outages.Note(conversation);
        clock.Advance(Long);
        await outages.EndAsync(CancellationToken.None);
        for (var i = 0; i < 10; i++)
        {
            await outages.CaughtUpAsync(conversation, CancellationToken.None);
            clock.Advance(Outages.CatchUp / 10);
        }

        Assert.Single(replies.Posted);
    }

    [Fact]
    public async Task A_restart_meanwhile_forgets_nobody_who_waits_and_what_is_over_is_forgotten()
    {
        await using var store = await OpenAsync();
        using var directory = new TempDirectory();
        var options = new BusOptions { OutageFile = directory["outage"] };
        Outages Started() => new(store.Store, store.Ids, clock, options, new Lazy<IReplies>(replies));
        var first = Started();
        first.Note(null);
        first.Note(conversation);
        first.Note(conversation);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(options.OutageFile));
        clock.Advance(Long / 2);
        // The last line of a process that was killed may be cut off.
        await File.AppendAllTextAsync(options.OutageFile, "2026-11-22T08:00:00Z fak");
        var second = Started();
        second.Note(Some.Conversation());
        clock.Advance(Long / 2);
        await Started().EndAsync(CancellationToken.None);
        Assert.Equal(conversation.Id, Assert.Single(replies.Posted).Conversation);
        Assert.Contains("for 7 minutes", replies.Said[0], StringComparison.Ordinal);
        Assert.False(File.Exists(options.OutageFile));
        clock.Advance(Long);
        await Started().EndAsync(CancellationToken.None);
        Assert.Single(replies.Posted);
    }

    [Fact]
    public async Task A_disk_that_cannot_be_written_keeps_nothing_and_stops_nobody()
    {
        await using var store = await OpenAsync();
        using var directory = new TempDirectory();
        var outages = new Outages(store.Store, store.Ids, clock, new BusOptions { OutageFile = Path.Combine(directory.Path, "none", "outage") }, new Lazy<IReplies>(replies));
        outages.Note(conversation);
        clock.Advance(Long);
        await outages.EndAsync(CancellationToken.None);
        Assert.Single(replies.Posted);
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
