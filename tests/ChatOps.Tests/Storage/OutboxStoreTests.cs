using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tests.Storage;

public abstract class OutboxStoreTests(StoreKind kind)
{
    [Fact]
    public async Task Messages_and_steps_are_found_unchanged()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var content = new RichMessage([new TextBlock("**hi**"), new ActionsBlock([new MessageAction("tok", "Do it", ActionStyle.Primary)])]);
        await store.WriteAsync(s =>
        {
            s.Outbox.AddMessage(Rows.Message("m1") with { Content = content, InboxId = "a1" });
            s.Outbox.Add(Rows.Step("o1", "m1") with { Content = content });
        });

        var message = await store.ReadAsync(s => s.Outbox.FindMessage("m1"));
        var step = await NextAsync(store, Rows.Noon);

        Assert.Equal("a1", message!.InboxId);
        Assert.Equal(Tools.Json.Write(content), Tools.Json.Write(message.Content));
        Assert.Equal(Tools.Json.Write(content), Tools.Json.Write(step!.Content));
        Assert.Equal(Rows.Step("o1", "m1") with { Content = step.Content }, step);
    }

    [Fact]
    public async Task Where_a_message_stands_and_whom_it_answers_is_found_without_its_content()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Inbox.Add(Rows.Inbox("a1") with { Context = new InboundContext { Anchor = "17" } });
            s.Outbox.AddMessage(Rows.Message("m1") with { InboxId = "a1", PrivateTo = "u1" });
            s.Outbox.AddMessage(Rows.Message("m2") with { PlatformId = "p2" });
            s.Outbox.Add(Rows.Step("o1", "m1"));
        });

        Assert.Equal(new MessageAddress(null, "a1", "17", "u1"), await store.ReadAsync(s => s.Outbox.Address("m1")));
        Assert.Equal(new MessageAddress(null, "a1", "17", "u1"), (await store.ReadAsync(s => s.Outbox.AskNext("web/c1", Rows.Noon).Value))!.Value.Address);
        Assert.Equal(new MessageAddress("p2", null, null, null), await store.ReadAsync(s => s.Outbox.Address("m2")));
        Assert.Null(await store.ReadAsync(s => s.Outbox.Address("m3")));
        Assert.Equal("u1", (await store.ReadAsync(s => s.Outbox.FindMessage("m1")))!.PrivateTo);
    }

    [Theory]
    [InlineData(OutboxState.Failed)]
    [InlineData(OutboxState.Unknown)]
    public async Task What_was_given_up_goes_out_again_as_if_it_were_new_or_is_dropped(OutboxState state)
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Outbox.Add(Rows.Step("o1", "m1"));
            s.Outbox.Add(Rows.Step("o2", "m2"));
            foreach (var id in (string[])["o1", "o2"])
            {
                s.Outbox.Doubt(id);
                s.Outbox.SetState(id, state, null, "no", Rows.Noon);
            }
        });
        var later = Rows.Noon.AddDays(2);

        Assert.True((await store.ReadAsync(s => s.Outbox.Find("o1")))!.Doubtful);
        Assert.True(await store.WriteAsync(s => s.Outbox.Retry("o1", later)));
        Assert.False(await store.WriteAsync(s => s.Outbox.Retry("o1", later)));
        Assert.False(await store.WriteAsync(s => s.Outbox.Drop("o1")));
        Assert.True(await store.WriteAsync(s => s.Outbox.Drop("o2")));

        var step = await NextAsync(store, later);
        Assert.Equal(("o1", OutboxState.Pending, false, later, (string?)null), (step!.Id, step.State, step.Doubtful, step.CreatedAt, step.Error));
        Assert.Null(await store.ReadAsync(s => s.Outbox.Find("o2")));
    }

    [Fact]
    public async Task Steps_go_by_priority_then_age_one_at_a_time()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Outbox.Add(Rows.Step("o1", "m1", priority: ReplyPriority.Progress));
            s.Outbox.Add(Rows.Step("o2", "m2"));
            s.Outbox.Add(Rows.Step("o3", "m3"));
            s.Outbox.Add(Rows.Step("o4", "m4", priority: ReplyPriority.Approval));
        });

        var order = new List<string>();
        while (await NextAsync(store, Rows.Noon) is { } step)
        {
            order.Add(step.Id);
            await store.WriteAsync(s => s.Outbox.SetState(step.Id, OutboxState.Sending, null, null, Rows.Noon));
            Assert.Null(await NextAsync(store, Rows.Noon));
            await store.WriteAsync(s => s.Outbox.SetState(step.Id, OutboxState.Sent, $"p-{step.Id}", null, Rows.Noon));
        }

        Assert.Equal(["o4", "o2", "o3", "o1"], order);
    }

    [Fact]
    public async Task A_step_that_may_not_go_yet_waits()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s => s.Outbox.Add(Rows.Step("o1", "m1") with { NotBefore = Rows.Noon.AddSeconds(5) }));

        Assert.Null(await NextAsync(store, Rows.Noon));
        Assert.NotNull(await NextAsync(store, Rows.Noon.AddSeconds(5)));
        Assert.Equal(["web/c1"], await store.ReadAsync(s => s.Outbox.ConversationsWithWork(5)));
    }

    [Fact]
    public async Task An_edit_of_a_message_that_waits_to_be_sent_replaces_what_is_sent()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Outbox.Add(Rows.Step("o1", "m1", priority: ReplyPriority.Progress));
            s.Outbox.Add(Rows.Step("o2", "m1", OutboundOperation.Edit));
        });

        var step = await NextAsync(store, Rows.Noon);

        Assert.Equal(("o1", OutboundOperation.Send, "content of o2", ReplyPriority.Result), (step!.Id, step.Operation, Rows.Text(step.Content), step.Priority));
        Assert.Equal(1, (await store.ReadAsync(s => s.Outbox.Waiting())).Count);
    }

    [Fact]
    public async Task A_newer_edit_supersedes_one_that_waits_and_keeps_its_urgency()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Outbox.Add(Rows.Step("o1", "m1") with { State = OutboxState.Sent });
            s.Outbox.Add(Rows.Step("o2", "m1", OutboundOperation.Edit, ReplyPriority.Approval));
            s.Outbox.Add(Rows.Step("o3", "m1", OutboundOperation.Edit, ReplyPriority.Progress));
        });

        var step = await NextAsync(store, Rows.Noon);

        Assert.Equal(("o3", ReplyPriority.Approval), (step!.Id, step.Priority));
        Assert.Equal(["o2"], (await store.ReadAsync(s => s.Outbox.InState(OutboxState.Superseded, 5))).Select(i => i.Id));
    }

    [Fact]
    public async Task An_edit_never_overtakes_an_earlier_step_of_its_message()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Outbox.Add(Rows.Step("o1", "m1") with { State = OutboxState.Sending });
            s.Outbox.Add(Rows.Step("o2", "m1", OutboundOperation.Edit, ReplyPriority.Approval));
            s.Outbox.SetState("o1", OutboxState.Pending, null, "rate limited", Rows.Noon.AddMinutes(1));
        });

        Assert.Null(await NextAsync(store, Rows.Noon));
        Assert.Equal("o1", (await NextAsync(store, Rows.Noon.AddMinutes(1)))?.Id);
    }

    [Fact]
    public async Task Sending_counts_an_attempt_and_success_notes_the_platforms_id()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Outbox.AddMessage(Rows.Message("m1"));
            s.Outbox.Add(Rows.Step("o1", "m1"));
            s.Outbox.SetState("o1", OutboxState.Sending, null, null, Rows.Noon);
            s.Outbox.SetState("o1", OutboxState.Pending, null, "timeout", Rows.Noon);
            s.Outbox.SetState("o1", OutboxState.Sending, null, null, Rows.Noon);
            s.Outbox.SetState("o1", OutboxState.Sent, "77", null, Rows.Noon);
        });

        Assert.Equal(2, Assert.Single(await store.ReadAsync(s => s.Outbox.InState(OutboxState.Sent, 5))).Attempts);
        Assert.Equal("77", (await store.ReadAsync(s => s.Outbox.FindMessage("m1")))!.PlatformId);
    }

    [Fact]
    public async Task Pruning_removes_terminal_steps_and_keeps_messages()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s =>
        {
            s.Outbox.AddMessage(Rows.Message("m1"));
            s.Outbox.Add(Rows.Step("o1", "m1") with { State = OutboxState.Sent });
            s.Outbox.Add(Rows.Step("o2", "m2"));
        });

        Assert.Equal(1, await store.WriteAsync(s => s.Outbox.Prune(Rows.Noon.AddSeconds(1))));

        Assert.NotNull(await store.ReadAsync(s => s.Outbox.FindMessage("m1")));
        Assert.Equal((Rows.Noon, 1), await store.ReadAsync(s => s.Outbox.Waiting()));
    }

    private static async Task<OutboxItem?> NextAsync(StoreFixture store, DateTimeOffset now) => (await store.ReadAsync(s => s.Outbox.AskNext("web/c1", now).Value))?.Item;

    public sealed class OnSqlite() : OutboxStoreTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : OutboxStoreTests(StoreKind.PostgreSql);
}
