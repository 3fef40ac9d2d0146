using System.Globalization;
using ChatOps.Bus;
using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Channels;
using ChatOps.Tests.Storage;

namespace ChatOps.Tests.Bus.Passing;

/// <summary>What passes is shown by the gateways that can show it, whichever works on it, and never over what lasts.</summary>
public sealed class FarProgressTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = new BusOptions().Delivery.FarProgressInterval;

    private readonly FakeTimeProvider clock = new();
    private readonly Line line = new();
    private readonly List<Member> members = [];
    private readonly ConversationKey chat = new("fake", "c");
    private StoreFixture store = null!;

    public async ValueTask InitializeAsync() => store = await StoreFixture.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var member in members) await member.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task What_a_worker_shows_in_a_conversation_one_gateway_that_speaks_with_the_platform_shows_under_the_platforms_id()
    {
        var worker = Add("worker", GatewayRole.Workers);
        var (first, second) = (Add("first", GatewayRole.Channels), Add("second", GatewayRole.Channels));
        Add("relay", GatewayRole.Relay);
        List<string> ids = [await PostedAsync(worker, chat), await PostedAsync(worker, chat)];
        foreach (var id in ids)
        {
            worker.Replies.ShowProgress(id, chat, RichMessage.Text("10 %"));
            await Until.TrueAsync(() => Shown(first).Count + Shown(second).Count == ids.IndexOf(id) + 1);
        }

        Assert.True(Shown(first).Count is 0 or 2, "A conversation was shown by two gateways.");
        Assert.Equal(ids.Select(id => (id, (string?)("p-" + id), "10 %")), Shown(first).Concat(Shown(second)));
        Assert.Empty(worker.Platform.Progress);
        Assert.DoesNotContain(line.Sent, message => message.Gateway == "relay");

        // Another conversation may be the other one's.
        for (var i = 0; Shown(first).Count == 0 || Shown(second).Count == 0; i++)
        {
            Assert.True(i < 100, "One gateway shows everything.");
            var other = new ConversationKey("fake", string.Create(CultureInfo.InvariantCulture, $"other-{i}"));
            var before = Shown(first).Count + Shown(second).Count;
            worker.Replies.ShowProgress(await PostedAsync(worker, other), other, RichMessage.Text("20 %"));
            await Until.TrueAsync(() => Shown(first).Count + Shown(second).Count > before);
        }
    }

    [Fact]
    public async Task Of_a_flood_the_first_is_sent_at_once_and_then_the_newest_of_each_interval()
    {
        var (worker, front) = (Add("worker", GatewayRole.Workers), Add("front", GatewayRole.Channels));
        var id = await PostedAsync(worker, chat);
        for (var i = 0; i <= 1000; i++) worker.Replies.ShowProgress(id, chat, RichMessage.Text(string.Create(CultureInfo.InvariantCulture, $"{i}")));
        await Until.TrueAsync(() => front.Platform.Progress.Count == 1 && clock.NextDue is not null);
        clock.Advance(Interval);
        await Until.TrueAsync(() => front.Platform.Progress.Count == 2);
        Assert.Equal(["0", "1000"], Texts(front));
        Assert.Equal(2, line.States.Count);
    }

    [Fact]
    public async Task The_end_waits_until_nothing_is_on_its_way_to_the_platform_and_what_comes_late_or_twice_is_not_shown()
    {
        var (worker, front) = (Add("worker", GatewayRole.Workers), Add("front", GatewayRole.Channels));
        var id = await PostedAsync(worker, chat);
        var ending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = false;
        front.Platform.OnEndProgress = message =>
        {
            asked = message == id;
            return ending.Task;
        };
        worker.Replies.ShowProgress(id, chat, RichMessage.Text("10 %"));
        await Until.TrueAsync(() => front.Platform.Progress.Count == 1);
        worker.Replies.ShowProgress(id, chat, RichMessage.Text("20 %"));
        var end = worker.Replies.EndProgressAsync(id, chat);
        await Until.TrueAsync(() => asked);
        Assert.False(end.IsCompleted);
        ending.SetResult();
        await end;

        // Again what it had, and something from between that another message overtook.
        var state = Assert.Single(line.States);
        foreach (var late in (PassingState[])[state, state with { Number = state.Number - 1 }]) await line.HandAsync(late);
        clock.Advance(Interval);
        await SettledAsync(front, id);
        Assert.Equal(["10 %"], Texts(front));
    }

    [Fact]
    public async Task What_was_sent_before_a_lasting_state_and_comes_after_it_is_not_shown_whoever_wrote_that()
    {
        var (worker, other, front) = (Add("worker", GatewayRole.Workers), Add("other", GatewayRole.Workers), Add("front", GatewayRole.Channels));
        var id = await PostedAsync(worker, chat);
        line.Arrives = _ => [];
        worker.Replies.ShowProgress(id, chat, RichMessage.Text("of the past"));
        await Until.TrueAsync(() => line.States.Count == 1);
        await store.WriteAsync(session => other.Replies.Edit(session, id, RichMessage.Text("the answer"), ReplyPriority.Result));
        await line.HandAsync(line.States[0]);
        await SettledAsync(front, id);
        Assert.Empty(front.Platform.Progress);
    }

    [Fact]
    public async Task A_message_that_a_successor_goes_on_with_shows_its_states_although_its_count_begins_anew()
    {
        var (first, front) = (Add("first", GatewayRole.Workers), Add("front", GatewayRole.Channels));
        var id = await PostedAsync(first, chat);
        for (var i = 0; i < 3; i++)
        {
            first.Replies.ShowProgress(id, chat, RichMessage.Text(string.Create(CultureInfo.InvariantCulture, $"first {i}")));
            await Until.TrueAsync(() => front.Platform.Progress.Count == i + 1 && clock.NextDue is not null);
            clock.Advance(Interval);
            await Until.TrueAsync(() => clock.NextDue is null);
        }

        var second = Add("second", GatewayRole.Workers);
        second.Replies.ShowProgress(id, chat, RichMessage.Text("second"));
        await Until.TrueAsync(() => front.Platform.Progress.Count == 4);
        Assert.Equal("second", Texts(front)[^1]);
    }

    [Fact]
    public async Task Who_speaks_with_the_platform_shows_by_itself_what_another_one_sent()
    {
        var (mine, other) = (Add("mine", [.. GatewayIdentity.AllRoles]), Add("other", [.. GatewayIdentity.AllRoles]));
        var id = await PostedAsync(mine, chat);
        mine.Replies.ShowProgress(id, chat, RichMessage.Text("10 %"));
        await Until.TrueAsync(() => mine.Platform.Progress.Count == 1);
        mine.Replies.ShowProgress(id, chat, RichMessage.Text("20 %"));
        Assert.Equal(["10 %", "20 %"], Texts(mine));
        Assert.All(Shown(mine), shown => Assert.Equal((id, "p-" + id), (shown.Item1, shown.Item2)));
        await mine.Replies.EndProgressAsync(id, chat);
        Assert.Empty(other.Platform.Progress);
        Assert.Empty(line.Sent);
    }

    [Fact]
    public async Task What_people_read_at_any_gateway_is_shown_by_all_of_them_and_ended_at_all()
    {
        var (worker, first, second) = (Add("worker", GatewayRole.Workers), Add("first", GatewayRole.Console), Add("second", GatewayRole.Channels, GatewayRole.Console));
        var page = new ConversationKey("web", "owner.main");
        var ended = 0;
        foreach (var member in members) member.Web.OnEndProgress = _ => Task.FromResult(Interlocked.Increment(ref ended));
        var id = await PostedAsync(worker, page);
        worker.Replies.ShowProgress(id, page, RichMessage.Text("10 %"));
        await Until.TrueAsync(() => members.TrueForAll(m => m.Web.Progress.Count == 1));
        await worker.Replies.EndProgressAsync(id, page);
        Assert.Equal(3, ended);
        Assert.All([first, second], member => Assert.Empty(member.Platform.Progress));
    }

    [Fact]
    public async Task Without_a_broker_nothing_is_sent_and_the_end_waits_for_nobody()
    {
        var (worker, front) = (Add("worker", GatewayRole.Workers), Add("front", GatewayRole.Channels));
        var id = await PostedAsync(worker, chat);
        line.ReachesOthers = false;
        worker.Replies.ShowProgress(id, chat, RichMessage.Text("10 %"));
        await Until.TrueAsync(() => clock.NextDue is not null);
        await worker.Replies.EndProgressAsync(id, chat);
        Assert.Empty(line.Sent);
        Assert.Empty(front.Platform.Progress);
    }

    [Fact]
    public async Task A_broker_that_goes_away_meanwhile_holds_the_end_up_only_until_what_was_sent_is_old()
    {
        var (worker, front) = (Add("worker", GatewayRole.Workers), Add("front", GatewayRole.Channels));
        var id = await PostedAsync(worker, chat);
        worker.Replies.ShowProgress(id, chat, RichMessage.Text("10 %"));
        await Until.TrueAsync(() => front.Platform.Progress.Count == 1 && clock.NextDue is not null);
        clock.Advance(Interval);
        await Until.TrueAsync(() => clock.NextDue is null);
        line.ReachesOthers = false;
        var end = worker.Replies.EndProgressAsync(id, chat);
        await Until.TrueAsync(() => clock.NextDue is not null);
        Assert.Equal(FarProgress.EndLimit - Interval, clock.NextDue);
        Assert.False(end.IsCompleted);
        clock.Advance(FarProgress.EndLimit - Interval);
        await end;
    }

    [Fact]
    public async Task One_that_does_not_answer_is_waited_for_once_and_then_sent_nothing_for_a_while()
    {
        var (worker, front) = (Add("worker", GatewayRole.Workers), Add("front", GatewayRole.Channels));
        line.Arrives = _ => [];
        var id = await PostedAsync(worker, chat);
        worker.Replies.ShowProgress(id, chat, RichMessage.Text("10 %"));
        await Until.TrueAsync(() => line.States.Count == 1 && clock.NextDue is not null);
        clock.Advance(Interval);
        await Until.TrueAsync(() => clock.NextDue is null);
        var end = worker.Replies.EndProgressAsync(id, chat);
        await Until.TrueAsync(() => clock.NextDue is not null);
        Assert.Equal(FarProgress.EndLimit, clock.NextDue);
        clock.Advance(FarProgress.EndLimit);
        await end;

        line.Arrives = message => [message];
        id = await PostedAsync(worker, chat);
        worker.Replies.ShowProgress(id, chat, RichMessage.Text("20 %"));
        await Until.TrueAsync(() => clock.NextDue is not null);
        await worker.Replies.EndProgressAsync(id, chat);
        Assert.Single(line.States);

        // Nothing newer comes of this one: it is shown when the while is over.
        id = await PostedAsync(worker, chat);
        worker.Replies.ShowProgress(id, chat, RichMessage.Text("30 %"));
        await Until.TrueAsync(() =>
        {
            clock.Advance(Interval);
            return front.Platform.Progress.Count == 1;
        });
        Assert.Equal(["30 %"], Texts(front));
    }

    [Fact]
    public async Task The_end_waits_for_nobody_who_is_dead()
    {
        var (worker, front) = (Add("worker", GatewayRole.Workers), Add("front", GatewayRole.Channels));
        var id = await PostedAsync(worker, chat);
        worker.Replies.ShowProgress(id, chat, RichMessage.Text("10 %"));
        await Until.TrueAsync(() => front.Platform.Progress.Count == 1);
        line.Arrives = _ => [];
        front.Among.IsAlive = false;
        await worker.Replies.EndProgressAsync(id, chat);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_shown_while_its_message_is_on_its_way_to_the_platform_waits_for_it_wherever_it_is_sent(bool here)
    {
        var worker = Add("worker", here ? [.. GatewayIdentity.AllRoles] : [GatewayRole.Workers]);
        var front = here ? worker : Add("front", GatewayRole.Channels);
        var id = await store.WriteAsync(session => worker.Replies.Post(session, chat, RichMessage.Text("working"), ReplyPriority.Result, null));
        worker.Replies.ShowProgress(id, chat, RichMessage.Text("10 %"));
        await Until.TrueAsync(() => clock.NextDue is not null);
        Assert.Empty(front.Platform.Progress);
        await SendAsync(id, chat);
        await Until.TrueAsync(() =>
        {
            if (front.Platform.Progress.Count == 0 && clock.NextDue is { } due) clock.Advance(due);
            return front.Platform.Progress.Count > 0;
        });
        Assert.Equal((id, "p-" + id, "10 %"), Assert.Single(Shown(front)));
    }

    [Fact]
    public async Task One_that_stood_still_shows_nothing_neither_of_its_own_nor_of_others()
    {
        var (worker, front) = (Add("worker", GatewayRole.Workers), Add("front", GatewayRole.Channels));
        var id = await PostedAsync(worker, chat);
        front.Among.IsCurrent = false;
        worker.Replies.ShowProgress(id, chat, RichMessage.Text("10 %"));
        await Until.TrueAsync(() => line.States.Count == 1);
        await worker.Replies.EndProgressAsync(id, chat);
        worker.Among.IsCurrent = false;
        worker.Replies.ShowProgress(id, chat, RichMessage.Text("20 %"));
        clock.Advance(Interval);
        await SettledAsync(front, id);
        Assert.Empty(front.Platform.Progress);
        Assert.Single(line.States);
    }

    [Fact]
    public async Task A_gateway_that_is_alone_shows_without_store_and_bus()
    {
        var channel = new FakeChannel();
        var (options, sent) = (new BusOptions(), new SentMessages());
        var channels = new ChannelDirectory([channel], options);
        var nobody = new LoneGateway();
        await using var far = new FarProgress(new UnavailableStore("away"), line, nobody, channels, sent, options, clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<FarProgress>.Instance);
        var replies = new Replies(store.Ids, clock, channels, sent, far, nobody);
        sent.Note("m", "p");
        replies.ShowProgress("m", chat, RichMessage.Text("10 %"));
        Assert.Equal([("m", "p")], channel.Progress.Select(p => (p.MessageId, p.PlatformId)));
        await replies.EndProgressAsync("m", chat);
        Assert.Empty(line.Sent);
        Assert.Null(clock.NextDue);
    }

    private Member Add(string id, params GatewayRole[] roles) => new(id, roles, line, members, store.Store, store.Ids, clock);

    // A message that some gateway has sent.
    private async Task<string> PostedAsync(Member by, ConversationKey conversation)
    {
        var id = await store.WriteAsync(session => by.Replies.Post(session, conversation, RichMessage.Text("working"), ReplyPriority.Result, null));
        await SendAsync(id, conversation);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        return id;
    }

    private Task SendAsync(string id, ConversationKey conversation) => store.WriteAsync(session =>
    {
        session.Outbox.SetState(session.Outbox.AskNext(conversation.Id, DateTimeOffset.MaxValue).Value!.Value.Item.Id, OutboxState.Sending, null, null, clock.GetUtcNow());
        session.Outbox.SetState(session.Outbox.SendingIn(conversation.Id).Single().Id, OutboxState.Sent, "p-" + id, null, clock.GetUtcNow());
        return true;
    });

    private static List<(string, string?, string)> Shown(Member member) => [.. member.Platform.Progress.Select(p => (p.MessageId, p.PlatformId, ((TextBlock)p.Content.Blocks[0]).Markdown))];

    private static List<string> Texts(Member member) => [.. Shown(member).Select(p => p.Item3)];

    // What a gateway got of a message before this it has looked at then.
    private async Task SettledAsync(Member front, string id)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        line.Join("test", _ => { ended.TrySetResult(); return Task.CompletedTask; });
        line.Arrives = message => [message];
        await line.HandAsync(new PassingState(front.Among.Self.Id, "test", id, chat.Id, 1));
        await ended.Task.WaitAsync(Until.Limit);
    }
}
