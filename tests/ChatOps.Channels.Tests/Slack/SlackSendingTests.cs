using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Slack;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>What goes out, and what becomes of it when Slack or the line fails.</summary>
public sealed class SlackSendingTests
{
    private static readonly ConversationKey Ops = new("slack", "C1");

    private static OutboundMessage Edit(OutboundMessage first, SendResult sent, RichMessage content) =>
        first with { OutboxId = Some.Unique(), Operation = OutboundOperation.Edit, PlatformId = sent.PlatformId, Content = content };

    [Fact]
    public async Task A_message_that_opens_a_thread_says_which_and_what_is_written_there_without_a_mention_is_heard()
    {
        await using var slack = await SlackHarness.StartAsync();
        var sent = await slack.SendAsync(Some.Outbound(Ops, RichMessage.Text("Critical: mem")) with { ThreadTitle = "Incident 7F3K2M" });
        Assert.Equal(Ops with { Thread = sent.PlatformId! }, sent.Thread);
        await slack.SendAsync(Some.Outbound(sent.Thread!, RichMessage.Text("inside")));
        Assert.Equal((sent.PlatformId, "inside"), (slack.Server.Workspace.In("C1")[^1].Thread, slack.Server.Workspace.In("C1")[^1].Shown));

        await slack.Server.Sockets.DeliverAsync("events_api", SlackSaid.InChannel("the deploy came before it", "1700000009.000100", thread: sent.Thread!.Thread));
        await Until.TrueAsync(() => slack.Inbox.Accepted.Count == 1);
        Assert.Equal(sent.Thread, slack.Inbox.Accepted[0].Conversation);
        Assert.Null((await slack.SendAsync(Some.Outbound(new("slack", "D1"), RichMessage.Text("direct")) with { ThreadTitle = "x" })).Thread);
        Assert.Null((await slack.SendAsync(Some.Outbound(sent.Thread, RichMessage.Text("in a thread")) with { ThreadTitle = "x" })).Thread);
        Assert.Empty(slack.Server.Violations);
    }

    [Fact]
    public async Task Before_the_time_that_slack_gave_the_channel_is_not_called_again_and_others_are()
    {
        await using var slack = await SlackHarness.StartAsync();
        slack.Server.Script("chat.postMessage", SlackFault.Limited("30"));
        var message = Some.Outbound(Ops, RichMessage.Text("hello"));
        var first = await slack.SendAsync(message);
        Assert.Equal((SendStatus.Retry, TimeSpan.FromSeconds(30)), (first.Status, first.RetryAfter));
        var second = await slack.SendAsync(message);
        Assert.Equal(SendStatus.Retry, second.Status);
        Assert.InRange(second.RetryAfter!.Value, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        Assert.Equal(SendStatus.Sent, (await slack.SendAsync(Some.Outbound(new("slack", "C2"), RichMessage.Text("elsewhere")))).Status);
        Assert.Equal(2, slack.Server.CallsOf("chat.postMessage").Count);
        Assert.Empty(slack.Server.Violations);
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("0.5", 1)]
    [InlineData(null, 30)]
    [InlineData("soon", 30)]
    [InlineData("-3", 30)]
    [InlineData("99999999", 3600)]
    public async Task Every_form_of_a_limit_is_understood(string? header, int seconds)
    {
        await using var slack = await SlackHarness.StartAsync();
        slack.Server.Script("chat.postMessage", SlackFault.Limited(header, "<html>Too many requests</html>"));
        Assert.Equal((SendStatus.Retry, TimeSpan.FromSeconds(seconds)), await slack.SendAsync(Some.Outbound(Ops, RichMessage.Text("hello"))) is var r ? (r.Status, r.RetryAfter!.Value) : default);
    }

    [Theory]
    [InlineData("is_archived", SendStatus.Rejected)]
    [InlineData("not_in_channel", SendStatus.Rejected)]
    [InlineData("channel_not_found", SendStatus.Rejected)]
    [InlineData("invalid_blocks", SendStatus.Rejected)]
    [InlineData("msg_too_long", SendStatus.Rejected)]
    [InlineData("something_new", SendStatus.Rejected)]
    [InlineData("ratelimited", SendStatus.Retry)]
    [InlineData("service_unavailable", SendStatus.Retry)]
    [InlineData("fatal_error", SendStatus.Ambiguous)]
    [InlineData("internal_error", SendStatus.Ambiguous)]
    [InlineData("token_revoked", SendStatus.Retry)]
    public async Task Errors_mean_what_slack_means_by_them(string error, SendStatus expected)
    {
        await using var slack = await SlackHarness.StartAsync();
        slack.Server.Script("chat.postMessage", SlackFault.Refused(error));
        var result = await slack.SendAsync(Some.Outbound(Ops, RichMessage.Text("hello")));
        Assert.Equal(expected, result.Status);
        Assert.NotNull(result.Reason);
        Assert.Single(slack.Server.CallsOf("chat.postMessage"));
    }

    [Fact]
    public async Task A_revoked_token_is_in_the_health_and_a_rotated_one_works_without_a_restart()
    {
        await using var slack = await SlackHarness.StartAsync();
        var old = slack.Server.BotToken;
        slack.Server.BotToken = "xoxb-1111-2222-rotated";
        var result = await slack.SendAsync(Some.Outbound(Ops, RichMessage.Text("hello")));
        Assert.Equal((SendStatus.Retry, TimeSpan.FromSeconds(30)), (result.Status, result.RetryAfter));
        Assert.Equal(PartState.Failed, slack.Channel.Health!.State);
        Assert.DoesNotContain(old, slack.Channel.Health.Summary, StringComparison.Ordinal);
        slack.Secrets["${env:BOT}"] = slack.Server.BotToken;
        Assert.Equal(SendStatus.Sent, (await slack.SendAsync(Some.Outbound(Ops, RichMessage.Text("hello")))).Status);
        Assert.Equal(PartState.Ok, slack.Channel.Health!.State);
    }

    [Fact]
    public async Task An_answer_that_is_lost_makes_a_send_doubtful_and_an_edit_repeatable()
    {
        await using var slack = await SlackHarness.StartAsync();
        slack.Server.Script("chat.postMessage", SlackFault.LostAnswer());
        Assert.Equal(SendStatus.Ambiguous, (await slack.SendAsync(Some.Outbound(Ops, RichMessage.Text("hello")))).Status);
        var message = Some.Outbound(Ops, RichMessage.Text("second"));
        var sent = await slack.SendAsync(message);
        slack.Server.Script("chat.update", SlackFault.LostAnswer());
        var edit = Edit(message, sent, RichMessage.Text("changed"));
        var doubtful = await slack.SendAsync(edit);
        Assert.Equal((SendStatus.Retry, sent.PlatformId), (doubtful.Status, doubtful.PlatformId));
        Assert.Equal(2, slack.Server.Workspace.In("C1").Count);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_again()
    {
        await using var slack = await SlackHarness.StartAsync(options => options.Mode = ChatOps.Channels.Slack.SlackMode.Http);
        await slack.StopAsync();
        await slack.Server.DisposeAsync();
        Assert.Equal(SendStatus.Retry, (await slack.SendAsync(Some.Outbound(Ops, RichMessage.Text("hello")))).Status);
    }

    [Fact]
    public async Task A_long_message_is_sent_in_numbered_parts_and_a_shorter_edit_removes_the_surplus()
    {
        await using var slack = await SlackHarness.StartAsync();
        var text = string.Join("\n\n", Enumerable.Range(0, 400).Select(i => string.Create(CultureInfo.InvariantCulture, $"Paragraph {i} 👩‍🔧 about something that takes a while to tell.")));
        var message = Some.Outbound(Ops, new RichMessage([new TextBlock(text), new ActionsBlock([new MessageAction("t1", "Go", ActionStyle.Primary)])]));
        var sent = await slack.SendAsync(message);
        var posts = slack.Server.Workspace.In("C1");
        Assert.True(posts.Count > 1);
        Assert.Equal(string.Join(',', posts.Select(p => p.Ts)), sent.PlatformId);
        Assert.All(posts.Take(posts.Count - 1), p => Assert.Empty(p.Buttons));
        Assert.Single(posts[^1].Buttons);
        for (var i = 0; i < 400; i++) Assert.Contains(posts, p => p.Shown.Contains(string.Create(CultureInfo.InvariantCulture, $"Paragraph {i} 👩‍🔧"), StringComparison.Ordinal));
        var shorter = await slack.SendAsync(Edit(message, sent, RichMessage.Text("short")));
        Assert.Equal(posts[0].Ts, shorter.PlatformId);
        Assert.Equal("short", Assert.Single(slack.Server.Workspace.In("C1")).Shown);
    }

    [Fact]
    public async Task What_arrived_of_a_message_in_parts_is_not_sent_again()
    {
        await using var slack = await SlackHarness.StartAsync();
        var text = string.Join("\n\n", Enumerable.Range(0, 400).Select(i => $"Paragraph {i} about something that takes a while to tell, and then some more."));
        var message = Some.Outbound(Ops, RichMessage.Text(text));
        slack.Server.Script("chat.postMessage", SlackFault.Slow(TimeSpan.Zero), SlackFault.Limited("1"));
        var first = await slack.SendAsync(message);
        Assert.Equal((SendStatus.Retry, slack.Server.Workspace.In("C1")[0].Ts), (first.Status, first.PlatformId));
        // As delivery does: a timer may ring a little before its time, and is then told how long is left.
        var second = first;
        await Until.TrueAsync(async () =>
        {
            await Task.Delay(second.RetryAfter!.Value);
            second = await slack.SendAsync(message with { PlatformId = second.PlatformId });
            return second.Status != SendStatus.Retry;
        });
        Assert.Equal(SendStatus.Sent, second.Status);
        Assert.Equal(slack.Server.Workspace.In("C1").Select(p => p.Ts), second.PlatformId!.Split(','));
        Assert.Empty(slack.Server.CallsOf("chat.update"));
        Assert.Empty(slack.Server.Violations);
    }

    [Fact]
    public async Task A_long_output_shows_head_and_tail_and_comes_whole_as_a_file_once()
    {
        await using var slack = await SlackHarness.StartAsync();
        var output = string.Join('\n', Enumerable.Range(1, 500).Select(i => $"line {i}"));
        var message = Some.Outbound(Ops with { Thread = "1700000001.000100" }, new RichMessage([new CodeBlock(output, "web-1")]));
        var sent = await slack.SendAsync(message);
        var posts = slack.Server.Workspace.In("C1");
        Assert.Equal(2, posts.Count);
        Assert.Contains("line 1\n", posts[0].Shown, StringComparison.Ordinal);
        Assert.Contains("left out", posts[0].Shown, StringComparison.Ordinal);
        Assert.EndsWith("line 500", posts[0].Shown, StringComparison.Ordinal);
        Assert.Equal((output, "1700000001.000100"), (Encoding.UTF8.GetString(slack.Server.Workspace.Files[posts[1].File!].Content!), posts[1].Thread));
        var edited = await slack.SendAsync(Edit(message, sent, new RichMessage([new CodeBlock(output, "web-1"), new TextBlock("Done", Tone.Ok)])));
        Assert.Equal(sent.PlatformId, edited.PlatformId);
        Assert.Single(slack.Server.CallsOf("files.completeUploadExternal"));
        var without = await slack.SendAsync(Edit(message, edited, RichMessage.Text("gone")));
        Assert.Equal(posts[0].Ts, without.PlatformId);
        Assert.Single(slack.Server.Workspace.In("C1"));
    }

    [Theory]
    [InlineData("files.getUploadURLExternal", SendStatus.Retry)]
    [InlineData("upload", SendStatus.Retry)]
    [InlineData("files.completeUploadExternal", SendStatus.Ambiguous)]
    public async Task An_upload_that_breaks_is_begun_again_until_its_last_step(string step, SendStatus expected)
    {
        await using var slack = await SlackHarness.StartAsync();
        slack.Files.Kept["inv1"] = Encoding.UTF8.GetBytes("the whole output");
        var message = Some.Outbound(Ops, new RichMessage([new TextBlock("See"), new FileBlock("output.txt", "inv1", 16)]));
        slack.Server.Script(step, SlackFault.Dropped());
        var first = await slack.SendAsync(message);
        Assert.Equal((expected, slack.Server.Workspace.In("C1")[0].Ts), (first.Status, first.PlatformId));
        Assert.Equal(SendStatus.Sent, (await slack.SendAsync(message with { PlatformId = first.PlatformId })).Status);
        var posts = slack.Server.Workspace.In("C1");
        Assert.Equal(2, posts.Count);
        Assert.Equal("the whole output", Encoding.UTF8.GetString(slack.Server.Workspace.Files[posts[1].File!].Content!));
        Assert.Empty(slack.Server.Violations);
    }

    // Slack shows what has a picture's name and content as a picture.
    [Fact]
    public async Task A_picture_keeps_its_name_and_its_bytes()
    {
        await using var slack = await SlackHarness.StartAsync();
        byte[] picture = [0x89, .. "PNG"u8, 13, 10, 26, 10];
        slack.Files.Kept["inv1"] = picture;
        await slack.SendAsync(Some.Outbound(Ops, new RichMessage([new TextBlock("See"), new FileBlock("load.png", "inv1", picture.Length)])));
        var file = slack.Server.Workspace.Files[slack.Server.Workspace.In("C1")[1].File!];
        Assert.Equal("load.png", file.Name);
        Assert.Equal(picture, file.Content);
    }

    [Fact]
    public async Task A_private_answer_is_seen_by_that_person_alone()
    {
        await using var slack = await SlackHarness.StartAsync();
        var result = await slack.SendAsync(Some.Outbound(Ops, RichMessage.Text("You may not approve this.")) with { PrivateTo = "U2" });
        Assert.Equal(SendStatus.Sent, result.Status);
        Assert.Equal("U2", Assert.Single(slack.Server.Workspace.In("C1")).OnlyFor);
    }

    [Fact]
    public async Task A_private_answer_to_somebody_where_the_bot_is_not_goes_to_their_direct_conversation()
    {
        await using var slack = await SlackHarness.StartAsync();
        var result = await slack.SendAsync(Some.Outbound(new("slack", "C9"), RichMessage.Text("You may not approve this.")) with { PrivateTo = "U1" });
        Assert.Equal(SendStatus.Sent, result.Status);
        Assert.Empty(slack.Server.Workspace.In("C9"));
        Assert.Single(slack.Server.Workspace.In("D1"));
    }

    [Fact]
    public async Task A_slash_command_where_the_bot_is_not_a_member_is_answered_by_its_response_address_five_times_at_most()
    {
        await using var slack = await SlackHarness.StartAsync();
        var command = SlackSaid.Command("status", "13.1.abc", "C9", response: slack.Server.NewResponseAddress("C9", "U1"));
        await slack.Server.Sockets.DeliverAsync("slash_commands", command);
        var inbox = await slack.Inbox.AcceptAsync(slack.Inbox.Accepted[0], CancellationToken.None);
        var message = Some.Outbound(new("slack", "C9"), RichMessage.Text("working")) with { InboxId = inbox.InboxId };
        var sent = await slack.SendAsync(message);
        Assert.Equal(SendStatus.Sent, sent.Status);
        for (var i = 0; i < 4; i++) Assert.Equal(SendStatus.Sent, (await slack.SendAsync(Edit(message, sent, RichMessage.Text($"step {i}")) with { InboxId = inbox.InboxId })).Status);
        var over = await slack.SendAsync(Edit(message, sent, RichMessage.Text("too many")) with { InboxId = inbox.InboxId });
        Assert.Equal(SendStatus.Rejected, over.Status);
        Assert.Contains("Invite", over.Reason, StringComparison.Ordinal);
        Assert.Equal(5, slack.Server.Workspace.In("C9").Count(p => p is { ByResponse: true, OnlyFor: "U1" }));
        Assert.Empty(slack.Server.Violations);
    }

    [Fact]
    public async Task A_deleted_message_can_be_deleted_again()
    {
        await using var slack = await SlackHarness.StartAsync();
        var message = Some.Outbound(Ops, RichMessage.Text("hello"));
        var sent = await slack.SendAsync(message);
        var delete = message with { Operation = OutboundOperation.Delete, PlatformId = sent.PlatformId, Content = new RichMessage([]) };
        Assert.Equal(SendStatus.Sent, (await slack.SendAsync(delete)).Status);
        Assert.Equal(SendStatus.Sent, (await slack.SendAsync(delete)).Status);
        Assert.Empty(slack.Server.Workspace.In("C1"));
    }

    [Fact]
    public async Task Progress_is_paced_the_newest_wins_and_never_covers_what_lasts()
    {
        await using var slack = await SlackHarness.StartAsync();
        var message = Some.Outbound(Ops, RichMessage.Text("started"));
        var sent = await slack.SendAsync(message);
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < 500; i++) slack.Channel.ShowProgress(Ops, message.MessageId, sent.PlatformId, new RichMessage([new ProgressBlock("Copies", i, 500)]));
        await Until.TrueAsync(() => slack.Server.Workspace.In("C1")[0].Shown.Contains("499 of 500", StringComparison.Ordinal));
        var updates = slack.Server.CallsOf("chat.update");
        // The first at once, and then one per interval.
        Assert.InRange(updates.Count, 1, 1 + (int)(Stopwatch.GetElapsedTime(begun) / TimeSpan.FromSeconds(1.15)));
        Assert.All(updates.Zip(updates.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromSeconds(1.15)));
        slack.Channel.ShowProgress(Ops, message.MessageId, sent.PlatformId, new RichMessage([new ProgressBlock("Copies", 500, 500)]));
        await slack.SendAsync(Edit(message, sent, RichMessage.Text("done")));
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        Assert.Equal("done", slack.Server.Workspace.In("C1")[0].Shown);
        Assert.Empty(slack.Server.Violations);
    }

    [Fact]
    public async Task Outside_text_rings_nobody()
    {
        await using var slack = await SlackHarness.StartAsync();
        const string Hostile = "<!channel> <@U1> <!here|x> *bold* _it_ `code` <https://evil.example|good> :smile: &lt;";
        var content = new RichMessage([new TextBlock(PlainText.Escape(Hostile)), new CodeBlock(Hostile, Hostile), new FieldsBlock([new Field(Hostile, Hostile)]), new CardBlock("A1", Hostile, "pending", Policy.Risk.Change)]);
        Assert.Equal(SendStatus.Sent, (await slack.SendAsync(Some.Outbound(Ops, content))).Status);
        Assert.Empty(slack.Server.Rung);
        Assert.Contains(Hostile, slack.Server.Workspace.In("C1")[0].Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("mrkdwn", slack.Server.Workspace.In("C1")[0].Blocks.ToJsonString(), StringComparison.Ordinal);
    }
}
