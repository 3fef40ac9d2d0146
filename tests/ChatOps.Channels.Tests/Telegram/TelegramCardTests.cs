using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Testing.Telegram;

namespace ChatOps.Channels.Tests.Telegram;

public sealed class TelegramCardTests
{
    private const string Approve = "approve-token-0123456789012345678901234";
    private const string Decline = "decline-token";
    private const string Sentence = "Restart nginx on 3 nodes. This can interrupt service.";

    private static readonly RichMessage Card = new(
    [
        new CardBlock("a1b2", "Restart nginx on 3 nodes", "pending", Risk.Dangerous),
        new ActionsBlock(
        [
            new MessageAction(Approve, "Restart 3 nodes", ActionStyle.Danger, Sentence, AsksReason: true),
            new MessageAction(Decline, "Decline", ActionStyle.Plain, AsksReason: true),
            new MessageAction("plain-token", "Show", ActionStyle.Plain),
        ]),
    ]);

    [Fact]
    public async Task A_plain_button_is_an_action_at_once_and_the_press_is_answered()
    {
        await using var bench = await TelegramBench.StartAsync();
        var group = bench.Server.Group(-900);
        await SendCardAsync(bench, group);
        var press = bench.Server.Press(group, TelegramBench.Ben, 1, group.Posts[0].Data("Show"));
        await Until.TrueAsync(() => bench.Accepted.Count == 1);
        var message = bench.Accepted[0];
        Assert.Equal((InboundKind.Action, "plain-token", "telegram:102", "telegram/-900", "Operations"), (message.Kind, message.Text, message.Actor.Key, message.Conversation.Id, message.Context.Group));
        await Until.TrueAsync(() => bench.Server.AnswerTo(press) is not null);
        Assert.Equal((null, false), bench.Server.AnswerTo(press));
    }

    [Fact]
    public async Task A_destructive_button_asks_first_with_its_sentence_and_acts_on_yes()
    {
        await using var bench = await TelegramBench.StartAsync();
        var group = bench.Server.Group(-900);
        await SendCardAsync(bench, group);
        Assert.Equal([["Restart 3 nodes", "Decline"], ["Show"]], Labels(group));
        var first = bench.Server.Press(group, TelegramBench.Ben, 1, group.Posts[0].Data("Restart"));
        await Until.TrueAsync(() => bench.Server.AnswerTo(first) is not null);
        Assert.Equal((Sentence, true), bench.Server.AnswerTo(first));
        Assert.Empty(bench.Accepted);
        Assert.Equal([["Yes: Restart 3 nodes"], ["« Back"], ["Decline"], ["Show"]], Labels(group));
        bench.Server.Press(group, TelegramBench.Ben, 1, group.Posts[0].Data("Yes"));
        await Until.TrueAsync(() => bench.Accepted.Count == 1);
        Assert.Equal(Approve, bench.Accepted[0].Text);
    }

    [Fact]
    public async Task Back_puts_the_buttons_back_also_after_a_restart()
    {
        await using var server = await TelegramServer.StartAsync();
        var state = new MemoryChannelState();
        var group = server.Group(-900);
        await using (var bench = await TelegramBench.StartAsync(server, state: state)) await SendCardAsync(bench, group);
        await using var again = await TelegramBench.StartAsync(server, state: state);
        var asked = server.Press(group, TelegramBench.Ben, 1, group.Posts[0].Data("Restart"));
        await Until.TrueAsync(() => server.AnswerTo(asked) is not null);
        Assert.Equal(Sentence, server.AnswerTo(asked)!.Value.Text);
        var back = server.Press(group, TelegramBench.Ben, 1, group.Posts[0].Data("«"));
        await Until.TrueAsync(() => server.AnswerTo(back) is not null);
        Assert.Equal(["Restart 3 nodes", "Decline", "Show"], Labels(group).SelectMany(r => r));
        Assert.Equal("?" + Approve, group.Posts[0].Data("Restart"));
        Assert.Empty(again.Accepted);
    }

    [Fact]
    public async Task A_double_tap_is_no_yes()
    {
        await using var bench = await TelegramBench.StartAsync(change: o => o.ConfirmDelay = TimeSpan.FromSeconds(10));
        var group = bench.Server.Group(-900);
        await SendCardAsync(bench, group);
        var first = bench.Server.Press(group, TelegramBench.Ben, 1, group.Posts[0].Data("Restart"));
        await Until.TrueAsync(() => bench.Server.AnswerTo(first) is not null);
        var yes = group.Posts[0].Data("Yes");
        var second = bench.Server.Press(group, TelegramBench.Ben, 1, yes);
        await Until.TrueAsync(() => bench.Server.AnswerTo(second) is not null);
        Assert.Contains("That was quick", bench.Server.AnswerTo(second)!.Value.Text, StringComparison.Ordinal);
        Assert.Empty(bench.Accepted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Declining_asks_for_a_reason_and_the_reply_of_that_person_is_it(bool restarted)
    {
        await using var server = await TelegramServer.StartAsync();
        var state = new MemoryChannelState();
        var group = server.Group(-1001000000009, "Ops", 5);
        var bench = await TelegramBench.StartAsync(server, state: state);
        await bench.SendAsync(Some.Outbound(TelegramBench.In(group, 5), Card));
        var asked = server.Press(group, TelegramBench.Ben, 1, group.Posts[0].Data("Decline"));
        await Until.TrueAsync(() => server.AnswerTo(asked) is not null && group.Posts.Count == 2);
        var prompt = group.Posts[1];
        Assert.Equal((5L, 1L, "Ben, why? Reply to this message with the reason."), (prompt.Thread!.Value, prompt.RepliesTo!.Value, prompt.Text));
        Assert.Equal("tg://user?id=102", Assert.Single(prompt.Marks).Url);
        Assert.True(prompt.Markup!["force_reply"]!.GetValue<bool>() && prompt.Markup["selective"]!.GetValue<bool>());
        Assert.Contains("Without a reason: Decline", Labels(group).SelectMany(r => r));
        if (restarted)
        {
            await bench.DisposeAsync();
            bench = await TelegramBench.StartAsync(server, state: state);
        }

        await using var owned = bench;
        var another = server.Say(group, TelegramBench.Ada, "I think so too", repliesTo: prompt.Id, topic: 5);
        await Until.TrueAsync(() => server.IsConfirmed(another));
        Assert.Empty(bench.Accepted);
        server.Say(group, TelegramBench.Ben, "not during the sale", repliesTo: prompt.Id, topic: 5);
        await Until.TrueAsync(() => bench.Accepted.Count == 1 && group.Find(prompt.Id) is null);
        var action = bench.Accepted[0];
        Assert.Equal((InboundKind.Action, $"{Decline} not during the sale", "102", "telegram/-1001000000009/5"), (action.Kind, action.Text, action.Actor.UserId, action.Conversation.Id));
    }

    [Fact]
    public async Task A_reason_may_be_left_out()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ben);
        await SendCardAsync(bench, chat);
        bench.Server.Press(chat, TelegramBench.Ben, 1, chat.Posts[0].Data("Decline"));
        await Until.TrueAsync(() => chat.Posts.Count == 2);
        bench.Server.Press(chat, TelegramBench.Ben, 1, chat.Posts[0].Data("Without a reason"));
        await Until.TrueAsync(() => bench.Accepted.Count == 1 && chat.Posts.Count == 1);
        Assert.Equal(Decline, bench.Accepted[0].Text);
    }

    [Fact]
    public async Task A_refusal_that_comes_in_time_is_shown_to_the_presser_alone()
    {
        await using var bench = await TelegramBench.StartAsync(change: o => o.PressPatience = TimeSpan.FromSeconds(10));
        var group = bench.Server.Group(-900);
        await SendCardAsync(bench, group);
        var press = bench.Server.Press(group, TelegramBench.Ben, 1, group.Posts[0].Data("Show"));
        await Until.TrueAsync(() => bench.Accepted.Count == 1);
        var refusal = Refusal(bench, group, "Only prod-approvers can approve this.");
        var result = await bench.SendAsync(refusal);
        Assert.Equal((SendStatus.Sent, "alert"), (result.Status, result.PlatformId));
        Assert.Equal(("⛔ Only prod-approvers can approve this.", true), bench.Server.AnswerTo(press));
        Assert.Single(group.Posts);
        Assert.Equal(SendStatus.Sent, (await bench.SendAsync(refusal with { Operation = OutboundOperation.Edit, PlatformId = result.PlatformId })).Status);
        Assert.Single(group.Posts);
    }

    [Fact]
    public async Task A_refusal_that_comes_too_late_is_written_to_the_presser_directly_or_rejected_with_why()
    {
        await using var bench = await TelegramBench.StartAsync(change: o => o.PressPatience = TimeSpan.FromMilliseconds(100));
        var group = bench.Server.Group(-900);
        await SendCardAsync(bench, group);
        var press = bench.Server.Press(group, TelegramBench.Ben, 1, group.Posts[0].Data("Show"));
        await Until.TrueAsync(() => bench.Server.AnswerTo(press) is not null);
        var rejected = await bench.SendAsync(Refusal(bench, group, "No."));
        Assert.Equal(SendStatus.Rejected, rejected.Status);
        Assert.Contains("cannot write to them directly", rejected.Reason, StringComparison.Ordinal);
        var direct = bench.Server.Direct(TelegramBench.Ben);
        Assert.Equal(SendStatus.Sent, (await bench.SendAsync(Refusal(bench, group, "No."))).Status);
        Assert.Equal("⛔ No.", Assert.Single(direct.Posts).Text);
        Assert.Single(group.Posts);
    }

    [Fact]
    public async Task A_press_that_Telegram_has_given_up_is_no_error_and_acts_all_the_same()
    {
        await using var bench = await TelegramBench.StartAsync();
        var group = bench.Server.Group(-900);
        await SendCardAsync(bench, group);
        bench.Server.Push(bench.Server.PressUpdate("long-gone", group, TelegramBench.Ben, 1, group.Posts[0].Data("Show")));
        await Until.TrueAsync(() => bench.Server.CallsOf("answerCallbackQuery") is [{ Answer: 400 }]);
        Assert.Equal("plain-token", Assert.Single(bench.Accepted).Text);
        Assert.DoesNotContain(bench.Logs.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) || l.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("approve", "not one of ours")]
    [InlineData("!", "not one of ours")]
    [InlineData("!a b", "not one of ours")]
    [InlineData("!ä", "not one of ours")]
    public async Task A_button_that_is_not_ours_is_answered_and_does_nothing(string data, string says)
    {
        await using var bench = await TelegramBench.StartAsync();
        var group = bench.Server.Group(-900);
        await SendCardAsync(bench, group);
        var press = bench.Server.Press(group, TelegramBench.Ben, 1, data);
        await Until.TrueAsync(() => bench.Server.AnswerTo(press) is not null);
        Assert.Contains(says, bench.Server.AnswerTo(press)!.Value.Text, StringComparison.Ordinal);
        Assert.Empty(bench.Accepted);
    }

    [Fact]
    public async Task A_press_below_a_message_that_Telegram_no_longer_shows_acts_or_says_what_to_do()
    {
        await using var bench = await TelegramBench.StartAsync();
        var group = bench.Server.Group(-900);
        bench.Server.Press(group, TelegramBench.Ben, 77, "!" + Approve);
        await Until.TrueAsync(() => bench.Accepted.Count == 1);
        var asks = bench.Server.Press(group, TelegramBench.Ben, 77, "?" + Approve);
        await Until.TrueAsync(() => bench.Server.AnswerTo(asks) is not null);
        Assert.Contains("too old", bench.Server.AnswerTo(asks)!.Value.Text, StringComparison.Ordinal);
        var nowhere = bench.Server.Press(group, TelegramBench.Ben, 77, "!" + Approve, q => q.Remove("message"));
        await Until.TrueAsync(() => bench.Server.AnswerTo(nowhere) is not null);
        Assert.Contains("/approve", bench.Server.AnswerTo(nowhere)!.Value.Text, StringComparison.Ordinal);
        Assert.Single(bench.Accepted);
    }

    [Fact]
    public async Task A_question_does_not_bring_back_the_buttons_of_a_card_that_is_decided()
    {
        await using var bench = await TelegramBench.StartAsync();
        var group = bench.Server.Group(-900);
        var sent = await SendCardAsync(bench, group);
        var stale = bench.Server.PressUpdate(bench.Server.NewPress(), group, TelegramBench.Ben, 1, group.Posts[0].Data("Restart"));
        var id = stale["callback_query"]!["id"]!.GetValue<string>();
        await bench.SendAsync(Some.Outbound(TelegramBench.In(group), RichMessage.Text("Approved by li"), platformId: sent.PlatformId, operation: OutboundOperation.Edit));
        bench.Server.Push(stale);
        await Until.TrueAsync(() => bench.Server.AnswerTo(id) is not null);
        Assert.Empty(group.Posts[0].Buttons);
        Assert.Contains("no longer open", bench.Server.AnswerTo(id)!.Value.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_press_that_comes_twice_acts_once_and_one_that_cannot_be_stored_comes_again()
    {
        await using var bench = await TelegramBench.StartAsync();
        var group = bench.Server.Group(-900);
        await SendCardAsync(bench, group);
        var update = bench.Server.PressUpdate(bench.Server.NewPress(), group, TelegramBench.Ben, 1, group.Posts[0].Data("Show"));
        bench.Inbox!.Away = "The disk is full.";
        bench.Server.Push(update.DeepClone().AsObject());
        await Until.TrueAsync(() => bench.Channel.Health!.State == Diagnostics.PartState.Degraded);
        bench.Inbox.Away = null;
        bench.Server.Push(update.DeepClone().AsObject());
        await Until.TrueAsync(() => bench.Server.Waiting == 0);
        Assert.Single(bench.Accepted);
    }

    [Fact]
    public async Task Presses_older_than_Telegram_keeps_them_never_come()
    {
        var clock = new FakeTimeProvider();
        await using var server = await TelegramServer.StartAsync(clock);
        var group = server.Group(-900);
        server.Press(group, TelegramBench.Ben, 1, "!x");
        server.Say(group, TelegramBench.Ben, "/nodes@ops_test_bot");
        clock.Advance(TimeSpan.FromSeconds(151));
        await using var bench = await TelegramBench.StartAsync(server);
        await Until.TrueAsync(() => server.Waiting == 0);
        Assert.Equal("/nodes", Assert.Single(bench.Accepted).Text);
    }

    private static Task<SendResult> SendCardAsync(TelegramBench bench, TelegramChatState chat) => bench.SendAsync(Some.Outbound(TelegramBench.In(chat), Card));

    // The inbox's id of the press is what the refusal answers.
    private static OutboundMessage Refusal(TelegramBench bench, TelegramChatState chat, string text) =>
        Some.Outbound(TelegramBench.In(chat), new RichMessage([new TextBlock(text, Tone.Refused)])) with { PrivateTo = "102", InboxId = bench.LastInboxId };

    private static List<List<string>> Labels(TelegramChatState chat) => [.. chat.Posts[0].Buttons.Select(r => r.Select(b => b.Text).ToList())];
}
