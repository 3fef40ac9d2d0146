using System.Text.Json.Nodes;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Slack;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>What comes in over Socket Mode.</summary>
public sealed class SlackHearingTests
{
    [Fact]
    public async Task A_direct_message_is_taken_with_who_said_it_and_where()
    {
        await using var slack = await SlackHarness.StartAsync();
        Assert.True((await slack.HearAsync(SlackSaid.Direct("/run 'df -h' &amp;&amp; echo &lt;ok&gt;", "1700000001.000100"))).Acknowledged);
        var message = Assert.Single(slack.Inbox.Accepted);
        Assert.Equal(("slack/D1", "slack:T0TEAM:U1", "ada", "/run 'df -h' && echo <ok>"), (message.Conversation.Id, message.Actor.Key, message.Actor.DisplayName, message.Text));
        Assert.Equal(("1700000001.000100", null, "T0TEAM"), (message.Context.Anchor, message.Context.Group, message.Context.Tenant));
        Assert.Empty(slack.Server.Violations);
    }

    [Fact]
    public async Task A_mention_in_a_channel_starts_a_thread_and_comes_once_although_slack_tells_it_twice()
    {
        await using var slack = await SlackHarness.StartAsync();
        await Task.WhenAll(slack.HearAsync(SlackSaid.Mention("<@U0BOT> /status", "1700000001.000100")), slack.HearAsync(SlackSaid.InChannel("<@U0BOT> /status", "1700000001.000100")));
        var message = Assert.Single(slack.Inbox.Accepted);
        Assert.Equal(("slack/C1/1700000001.000100", "/status", "ops"), (message.Conversation.Id, message.Text, message.Context.Group));
    }

    [Fact]
    public async Task In_a_channel_only_what_is_meant_for_the_bot_is_taken_and_in_its_thread_everything()
    {
        await using var slack = await SlackHarness.StartAsync();
        await slack.HearAsync(SlackSaid.InChannel("lunch?", "1700000001.000100"));
        await slack.HearAsync(SlackSaid.InChannel("in a thread of others", "1700000002.000100", thread: "1700000001.000100"));
        Assert.Empty(slack.Inbox.Accepted);
        Assert.Equal("2", slack.Dropped("not-addressed"));

        await slack.HearAsync(SlackSaid.Mention("<@U0BOT> /status", "1700000003.000100"));
        await slack.HearAsync(SlackSaid.InChannel("/nodes", "1700000004.000100", thread: "1700000003.000100"));
        Assert.Equal(["/status", "/nodes"], slack.Inbox.Accepted.Select(m => m.Text));
        Assert.All(slack.Inbox.Accepted, m => Assert.Equal("1700000003.000100", m.Conversation.Thread));
    }

    [Fact]
    public async Task A_thread_in_which_the_bot_has_spoken_is_its_thread()
    {
        await using var slack = await SlackHarness.StartAsync();
        await slack.SendAsync(Some.Outbound(new ConversationKey("slack", "C1", "1700000001.000100"), RichMessage.Text("hello")));
        await slack.HearAsync(SlackSaid.InChannel("/nodes", "1700000004.000100", thread: "1700000001.000100"));
        Assert.Equal("/nodes", Assert.Single(slack.Inbox.Accepted).Text);
    }

    [Theory]
    [InlineData("""{ "subtype": "message_changed", "message": { "text": "/run b" } }""", "edited")]
    [InlineData("""{ "edited": { "user": "U1", "ts": "1700000002.000000" } }""", "edited")]
    [InlineData("""{ "subtype": "bot_message", "bot_id": "B9" }""", "bot")]
    [InlineData("""{ "bot_id": "B9" }""", "bot")]
    [InlineData("""{ "user": "USLACKBOT" }""", "bot")]
    [InlineData("""{ "user": "U0BOT" }""", "own")]
    [InlineData("""{ "subtype": "channel_join" }""", "subtype")]
    [InlineData("""{ "text": "", "attachments": [ { "is_share": true, "text": "/run reboot" } ] }""", "forwarded")]
    [InlineData("""{ "team": "T9OTHER" }""", "external")]
    [InlineData("""{ "user_team": "T9OTHER" }""", "external")]
    [InlineData("""{ "source_team": "T9OTHER" }""", "external")]
    [InlineData("""{ "ts": 1700000001.0001 }""", "malformed")]
    [InlineData("""{ "user": "../etc" }""", "malformed")]
    public async Task What_is_not_a_persons_own_new_message_is_acknowledged_and_dropped(string difference, string reason)
    {
        await using var slack = await SlackHarness.StartAsync();
        var said = SlackSaid.Direct("/run uptime", "1700000001.000100");
        foreach (var (name, value) in JsonNode.Parse(difference)!.AsObject()) said["event"]![name] = value?.DeepClone();
        Assert.True((await slack.HearAsync(said)).Acknowledged);
        Assert.Empty(slack.Inbox.Accepted);
        Assert.Equal("1", slack.Dropped(reason));
    }

    [Fact]
    public async Task In_a_shared_channel_somebody_whose_team_is_not_named_is_a_stranger()
    {
        await using var slack = await SlackHarness.StartAsync();
        var said = SlackSaid.Mention("<@U0BOT> /run uptime", "1700000001.000100");
        said["event"]!.AsObject().Remove("team");
        said["is_ext_shared_channel"] = true;
        await slack.HearAsync(said);
        Assert.Empty(slack.Inbox.Accepted);
        Assert.Equal("1", slack.Dropped("external"));
    }

    [Theory]
    [InlineData("<@U0BOT> <@U2> can <!here> see <#C2|random> <http://example.com|example.com>", "@U2 can @here see #random example.com")]
    [InlineData("<@U0BOT> curl <https://example.com/a?b=1&amp;c=2>", "curl https://example.com/a?b=1&c=2")]
    [InlineData("<@U0BOT> <https://evil.example|https://good.example>", "https://good.example (https://evil.example)")]
    [InlineData("<@U0BOT|chatops> mail <mailto:a@b.example|a@b.example>", "mail a@b.example")]
    [InlineData("<@U0BOT> <!subteam^S1|@ops> &amp;lt; a < b", "@ops &lt; a < b")]
    [InlineData("<@U0BOT>", "/help")]
    public async Task References_become_what_the_person_wrote(string text, string expected)
    {
        await using var slack = await SlackHarness.StartAsync();
        await slack.HearAsync(SlackSaid.Mention(text, "1700000001.000100"));
        Assert.Equal(expected, Assert.Single(slack.Inbox.Accepted).Text);
    }

    [Fact]
    public async Task A_clip_is_a_voice_file_and_its_reference_holds_no_secret()
    {
        await using var slack = await SlackHarness.StartAsync();
        var said = SlackSaid.Direct("", "1700000001.000100");
        said["event"]!["subtype"] = "file_share";
        said["event"]!["files"] = new JsonArray(
            new JsonObject { ["id"] = "F1", ["name"] = "../audio_message.m4a", ["mimetype"] = "audio/mp4", ["subtype"] = "slack_audio", ["size"] = 1234, ["duration_ms"] = 2500, ["url_private"] = "https://files.slack.com/x" },
            new JsonObject { ["id"] = "F2", ["name"] = "a.png", ["mimetype"] = "image/png" },
            new JsonObject { ["id"] = "F3", ["mode"] = "tombstone" });
        await slack.HearAsync(said);
        var message = Assert.Single(slack.Inbox.Accepted);
        Assert.Equal("", message.Text);
        Assert.Equal(
            [new InboundFile(InboundFileKind.Voice, "F1", "audio_message.m4a", "audio/mp4", 1234, TimeSpan.FromSeconds(2.5)), new InboundFile(InboundFileKind.Image, "F2", "a.png", "image/png")],
            message.Context.Files);
    }

    [Fact]
    public async Task A_slash_command_is_acknowledged_after_the_commit_and_its_conversation_is_the_channel()
    {
        await using var slack = await SlackHarness.StartAsync();
        var commit = new TaskCompletionSource();
        slack.Inbox.Commit = commit.Task;
        var answer = slack.Server.Sockets.DeliverAsync("slash_commands", SlackSaid.Command("run uptime --on all", "13.1.abc"));
        await Until.TrueAsync(() => slack.Inbox.Asked == 1);
        Assert.False(answer.IsCompleted);
        commit.SetResult();
        Assert.True((await answer).Acknowledged);
        var message = Assert.Single(slack.Inbox.Accepted);
        Assert.Equal(("slack/C1", "/run uptime --on all", "ada"), (message.Conversation.Id, message.Text, message.Actor.DisplayName));
        Assert.Empty(slack.Server.Violations);
    }

    [Theory]
    [InlineData("why is web-1 slow?", "why is web-1 slow?")]
    [InlineData("", "/help")]
    [InlineData("/nodes", "/nodes")]
    [InlineData("status", "/status")]
    public async Task A_slash_command_is_a_command_or_a_question(string typed, string expected)
    {
        await using var slack = await SlackHarness.StartAsync();
        await slack.Server.Sockets.DeliverAsync("slash_commands", SlackSaid.Command(typed, "13.1.abc"));
        Assert.Equal(expected, Assert.Single(slack.Inbox.Accepted).Text);
    }

    [Fact]
    public async Task What_the_store_cannot_take_is_not_acknowledged_and_the_retry_is_taken()
    {
        await using var slack = await SlackHarness.StartAsync(prepare: server => (server.Sockets.AckLimit, server.Sockets.Redeliveries) = (TimeSpan.FromSeconds(1), 100));
        slack.Inbox.Away = "The disk is full.";
        var answer = slack.HearAsync(SlackSaid.Direct("/status", "1700000001.000100"));
        await Until.TrueAsync(() => slack.Inbox.Asked >= 2);
        slack.Inbox.Away = null;
        var ack = await answer;
        Assert.True(ack is { Acknowledged: true, Attempts: > 2 });
        Assert.Single(slack.Inbox.Accepted);
        Assert.Empty(slack.Server.Violations);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_answered_and_not_delivered_again()
    {
        await using var slack = await SlackHarness.StartAsync();
        Assert.Equal(1, (await slack.HearAsync(SlackSaid.Direct(new string('x', 70_000), "1700000001.000100"))).Attempts);
        await Until.TrueAsync(() => slack.Server.Workspace.In("D1").Count == 1);
        Assert.Contains("too long", slack.Server.Workspace.In("D1")[0].Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frames_that_nobody_knows_are_ignored_and_what_has_no_id_is_not_dispatched()
    {
        await using var slack = await SlackHarness.StartAsync();
        var naked = new JsonObject { ["type"] = "events_api", ["payload"] = SlackSaid.Direct("/run reboot", "1700000001.000100") };
        foreach (var frame in new[] { naked.ToJsonString(), "not json", "[]", "{}", "{\"type\":\"future\",\"envelope_id\":\"e\"}", "\"\\ud800\"" }) await slack.Server.Sockets.SendRawAsync(frame);
        Assert.True((await slack.HearAsync(SlackSaid.Direct("/status", "1700000002.000100"))).Acknowledged);
        Assert.Equal("/status", Assert.Single(slack.Inbox.Accepted).Text);
        Assert.Equal("2", slack.Dropped("no-envelope-id"));
    }
}
