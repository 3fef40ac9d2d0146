using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Testing.Slack;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>Approval cards: buttons, confirm steps, reasons, edits.</summary>
public sealed class SlackCardTests
{
    private static readonly ConversationKey Ops = new("slack", "C1", "1700000001.000100");

    private static readonly RichMessage Card = new(
    [
        new CardBlock("K7F3QX", "Restart nginx on 3 nodes", "pending", Risk.Dangerous),
        new FieldsBlock([new Field("Asked by", "ada")]),
        new CodeBlock("systemctl restart nginx", "will run as deploy"),
        new ActionsBlock([new MessageAction("tok-approve", "Restart 3 nodes", ActionStyle.Danger, "Restarts nginx on web-1, web-2 and web-3."), new MessageAction("tok-deny", "Decline", ActionStyle.Plain, AsksReason: true)]),
    ]);

    [Fact]
    public async Task A_card_has_its_buttons_with_a_confirm_step_where_it_is_destructive()
    {
        await using var slack = await SlackHarness.StartAsync();
        var sent = await slack.SendAsync(Some.Outbound(Ops, Card));
        Assert.Equal(SendStatus.Sent, sent.Status);
        var post = Assert.Single(slack.Server.Workspace.In("C1"));
        Assert.Equal(("1700000001.000100", post.Ts), (post.Thread, sent.PlatformId));
        Assert.Equal(["tok-approve", "tok-deny"], post.Buttons.Select(b => b["value"]!.GetValue<string>()));
        Assert.Contains("web-1, web-2", post.Buttons[0]["confirm"]!["text"]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(post.Buttons[1]["confirm"]);
        Assert.Contains("Restart nginx on 3 nodes", post.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_press_reaches_the_inbox_with_its_token_and_the_conversation_of_the_card()
    {
        await using var slack = await SlackHarness.StartAsync();
        await slack.SendAsync(Some.Outbound(Ops, Card));
        var post = slack.Server.Workspace.In("C1")[0];
        var press = SlackSaid.Press(post.Buttons[0], post, "U2", slack.Server.NewTrigger());
        Assert.True((await slack.Server.Sockets.DeliverAsync("interactive", press)).Acknowledged);
        Assert.True((await slack.Server.Sockets.DeliverAsync("interactive", press)).Acknowledged);
        var message = Assert.Single(slack.Inbox.Accepted);
        Assert.Equal((InboundKind.Action, "tok-approve", Ops, "slack:T0TEAM:U2"), (message.Kind, message.Text, message.Conversation, message.Actor.Key));
    }

    [Fact]
    public async Task Declining_asks_for_a_reason_in_a_modal_and_brings_it_along()
    {
        await using var slack = await SlackHarness.StartAsync();
        await slack.SendAsync(Some.Outbound(Ops, Card));
        var post = slack.Server.Workspace.In("C1")[0];
        Assert.True((await slack.Server.Sockets.DeliverAsync("interactive", SlackSaid.Press(post.Buttons[1], post, "U2", slack.Server.NewTrigger()))).Acknowledged);
        await Until.TrueAsync(() => slack.Server.Views.Count == 1);
        Assert.Empty(slack.Inbox.Accepted);
        var ack = await slack.Server.Sockets.DeliverAsync("interactive", SlackSaid.Submission(slack.Server.Views[0], "U2", "not before\nthe freeze"));
        Assert.True(ack is { Acknowledged: true, Payload: null });
        var message = Assert.Single(slack.Inbox.Accepted);
        Assert.Equal((InboundKind.Action, "tok-deny not before the freeze", Ops), (message.Kind, message.Text, message.Conversation));
    }

    [Fact]
    public async Task A_decision_is_not_lost_when_its_window_cannot_be_opened()
    {
        await using var slack = await SlackHarness.StartAsync();
        await slack.SendAsync(Some.Outbound(Ops, Card));
        var post = slack.Server.Workspace.In("C1")[0];
        await slack.Server.Sockets.DeliverAsync("interactive", SlackSaid.Press(post.Buttons[1], post, "U2", slack.Server.NewTrigger(TimeSpan.FromSeconds(-1))));
        await Until.TrueAsync(() => slack.Inbox.Accepted.Count == 1);
        Assert.Equal("tok-deny", slack.Inbox.Accepted[0].Text);
    }

    [Theory]
    [InlineData("rm -rf /", "chatops_press.0")]
    [InlineData("tok-approve", "somebody_elses")]
    [InlineData("", "chatops_press.0")]
    public async Task A_button_that_is_not_ours_is_acknowledged_and_does_nothing(string value, string action)
    {
        await using var slack = await SlackHarness.StartAsync();
        await slack.SendAsync(Some.Outbound(Ops, Card));
        var post = slack.Server.Workspace.In("C1")[0];
        var button = post.Buttons[0].DeepClone().AsObject();
        (button["value"], button["action_id"]) = (value, action);
        Assert.True((await slack.Server.Sockets.DeliverAsync("interactive", SlackSaid.Press(button, post, "U2", slack.Server.NewTrigger()))).Acknowledged);
        Assert.Empty(slack.Inbox.Accepted);
        Assert.Equal("1", slack.Dropped("foreign-button"));
    }

    [Fact]
    public async Task A_press_by_somebody_of_another_organisation_does_nothing()
    {
        await using var slack = await SlackHarness.StartAsync();
        await slack.SendAsync(Some.Outbound(Ops, Card));
        var post = slack.Server.Workspace.In("C1")[0];
        var press = SlackSaid.Press(post.Buttons[0], post, "U7", slack.Server.NewTrigger());
        press["user"]!["team_id"] = "T9OTHER";
        await slack.Server.Sockets.DeliverAsync("interactive", press);
        Assert.Empty(slack.Inbox.Accepted);
        Assert.Equal("1", slack.Dropped("external"));
    }

    [Fact]
    public async Task A_decided_card_is_edited_in_place_under_new_block_ids()
    {
        await using var slack = await SlackHarness.StartAsync();
        var first = Some.Outbound(Ops, Card);
        var sent = await slack.SendAsync(first);
        var decided = new RichMessage([new CardBlock("K7F3QX", "Restart nginx on 3 nodes", "approved", Risk.Dangerous), new TextBlock("Approved by grace", Tone.Ok)]);
        var edited = await slack.SendAsync(first with { OutboxId = Some.Unique(), Operation = OutboundOperation.Edit, PlatformId = sent.PlatformId, Content = decided });
        Assert.Equal((SendStatus.Sent, sent.PlatformId), (edited.Status, edited.PlatformId));
        var post = Assert.Single(slack.Server.Workspace.In("C1"));
        Assert.Empty(post.Buttons);
        Assert.Contains("Approved by grace", post.Shown, StringComparison.Ordinal);
        Assert.Empty(slack.Server.Violations);
    }

    [Fact]
    public async Task A_card_that_somebody_deleted_is_posted_anew()
    {
        await using var slack = await SlackHarness.StartAsync();
        var first = Some.Outbound(Ops, Card);
        var sent = await slack.SendAsync(first);
        slack.Server.Workspace.Remove("C1", sent.PlatformId!);
        var edited = await slack.SendAsync(first with { OutboxId = Some.Unique(), Operation = OutboundOperation.Edit, PlatformId = sent.PlatformId, Content = RichMessage.Text("Approved") });
        Assert.Equal(SendStatus.Sent, edited.Status);
        Assert.Equal(edited.PlatformId, Assert.Single(slack.Server.Workspace.In("C1")).Ts);
    }
}
