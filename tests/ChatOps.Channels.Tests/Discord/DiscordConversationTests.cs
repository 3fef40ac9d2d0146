using System.Diagnostics;
using System.Text.Json.Nodes;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Testing.Discord;
using static ChatOps.Testing.Discord.DiscordServer;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>What people do at Discord and see there, through the real channel and a strict Discord on loopback.</summary>
public sealed class DiscordConversationTests
{
    private static readonly RichMessage Card = new([
        new CardBlock("7F3K", "Restart nginx on 3 nodes", "pending", Risk.Change),
        new ActionsBlock([new MessageAction("tok-approve", "Restart 3 nodes", ActionStyle.Primary), new MessageAction("tok-deny", "Decline", ActionStyle.Plain, AsksReason: true)])]);

    [Fact]
    public async Task A_direct_message_is_taken_and_answered_where_it_was_said()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var direct = server.DirectOf(Ada);
        var id = server.Say(direct, Ada, "/status");
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 1);
        var message = rig.Inbox.Accepted[0];
        Assert.Equal(($"discord:m:{id}", new ConversationKey("discord", direct), "discord:" + Ada, "/status", (string?)null, id),
            (message.PlatformKey, message.Conversation, message.Actor.Key, message.Text, message.Context.Group, message.Context.Anchor));

        var result = await rig.SendAsync(message.Conversation, RichMessage.Text("All **fine**."), m => m with { Anchor = id });
        Assert.Equal(SendStatus.Sent, result.Status);
        Assert.Equal("All **fine**.", Assert.Single(server.Seen(direct)).Content);
        Assert.Empty(server.WithoutAllowedMentions);
    }

    [Fact]
    public async Task In_a_server_only_what_is_said_to_the_bot_is_taken_and_its_mention_is_gone()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        server.Say(Ops, Ada, "nobody asked you");
        var id = server.Say(Ops, Ada, $"<@{BotUser}> /run uptime --on web");
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 1);
        var message = rig.Inbox.Accepted[0];
        Assert.Equal(("/run uptime --on web", new ConversationKey("discord", Ops, id), "#ops"), (message.Text, message.Conversation, message.Context.Group));
    }

    [Fact]
    public async Task A_quick_answer_stands_below_the_question_and_an_answer_to_it_goes_on_with_the_conversation()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server, configure: o => o.ThreadAfter = TimeSpan.FromMinutes(1));
        var id = server.Say(Ops, Ada, $"<@{BotUser}> /nodes");
        var conversation = new ConversationKey("discord", Ops, id);
        Assert.Equal(SendStatus.Sent, (await rig.SendAsync(conversation, RichMessage.Text("3 nodes"), m => m with { Anchor = id })).Status);
        var answer = Assert.Single(server.Seen(Ops));
        Assert.Equal(id, answer.Answers);
        Assert.Empty(server.Threads);

        server.Say(Ops, Ada, "and how are they?", answers: answer.Id);
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 2);
        Assert.Equal(conversation, rig.Inbox.Accepted[1].Conversation);
    }

    [Fact]
    public async Task A_card_opens_a_thread_from_the_persons_message_and_the_conversation_lives_there_after_a_restart_too()
    {
        await using var server = await StartAsync();
        string id;
        DiscordWorldServices world;
        await using (var rig = await DiscordRig.StartAsync(server))
        {
            world = rig.World;
            id = server.Say(Ops, Ada, $"<@{BotUser}> /run systemctl restart nginx --on web");
            await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 1);
            var sent = await rig.SendAsync(rig.Inbox.Accepted[0].Conversation, Card, m => m with { Anchor = id, Priority = ReplyPriority.Approval });
            Assert.Equal($"{id}/{Assert.Single(server.Seen(id)).Id}!", sent.PlatformId);
        }

        Assert.Equal("/run systemctl restart nginx --on web", server.Place(id).Name);
        await using var again = await DiscordRig.StartAsync(server, world);
        server.Say(id, Ada, "thanks, and now?");
        await Until.TrueAsync(() => again.Inbox.Accepted.Count == 2);
        Assert.Equal(new ConversationKey("discord", Ops, id), again.Inbox.Accepted[1].Conversation);
        await again.SendAsync(again.Inbox.Accepted[1].Conversation, RichMessage.Text("Now we wait."));
        Assert.Equal(["Now we wait."], server.Seen(id).Skip(1).Select(m => m.Content));
    }

    [Fact]
    public async Task A_message_that_opens_a_thread_has_it_below_it_and_what_is_written_there_is_heard_and_where_it_may_not_it_is_sent_all_the_same()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var ops = new ConversationKey("discord", Ops);
        var sent = await rig.SendAsync(ops, RichMessage.Text("Critical: mem"), m => m with { ThreadTitle = "Incident 7F3K2M: mem on web-1" });
        var found = Assert.Single(server.Seen(Ops)).Id;
        Assert.Equal((ops with { Thread = found }, "Incident 7F3K2M: mem on web-1"), (sent.Thread, server.Place(found).Name));
        await rig.SendAsync(sent.Thread!, RichMessage.Text("inside"));
        Assert.Equal("inside", server.Seen(found)[^1].Content);
        server.Say(found, Ada, "the deploy came before it");
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 1);
        Assert.Equal(sent.Thread, rig.Inbox.Accepted[0].Conversation);

        var direct = await rig.SendAsync(new ConversationKey("discord", server.DirectOf(Ada)), RichMessage.Text("direct"), m => m with { ThreadTitle = "x" });
        Assert.Equal((SendStatus.Sent, null), (direct.Status, direct.Thread));
        var within = await rig.SendAsync(sent.Thread!, RichMessage.Text("in a thread"), m => m with { ThreadTitle = "x" });
        Assert.Equal((SendStatus.Sent, null), (within.Status, within.Thread));
    }

    [Fact]
    public async Task What_takes_longer_than_a_few_seconds_goes_on_in_a_thread()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server, configure: o => o.ThreadAfter = TimeSpan.FromSeconds(1));
        var id = server.Say(Ops, Ada, $"<@{BotUser}> /run slow");
        await Task.Delay(1100);
        await rig.SendAsync(new ConversationKey("discord", Ops, id), RichMessage.Text("done at last"), m => m with { Anchor = id });
        Assert.Equal("done at last", Assert.Single(server.Seen(id)).Content);
    }

    [Fact]
    public async Task An_archived_thread_is_opened_again_and_a_locked_or_lost_one_is_left_for_its_channel()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var id = server.Say(Ops, Ada, $"<@{BotUser}> /run x");
        var conversation = new ConversationKey("discord", Ops, id);
        var card = await rig.SendAsync(conversation, Card, m => m with { Anchor = id });
        server.Place(id).Archived = true;
        await rig.SendAsync(conversation, RichMessage.Text("one"));
        Assert.Equal("one", server.Seen(id)[^1].Content);

        (server.Place(id).Archived, server.Place(id).Locked) = (true, true);
        Assert.Equal(SendStatus.Sent, (await rig.SendAsync(conversation, RichMessage.Text("two"))).Status);
        Assert.Equal("two", server.Seen(Ops)[^1].Content);
        var edited = await rig.SendAsync(conversation, Card, m => m with { Operation = OutboundOperation.Edit, PlatformId = card.PlatformId });
        Assert.Equal(SendStatus.Sent, edited.Status);
        Assert.Contains("Restart nginx", server.Seen(Ops)[^1].Text, StringComparison.Ordinal);

        server.Place(id).Gone = true;
        Assert.Equal(SendStatus.Sent, (await rig.SendAsync(conversation, RichMessage.Text("three"))).Status);
        Assert.Equal("three", server.Seen(Ops)[^1].Content);

        server.Place(Ops).Closed = true;
        var refused = await rig.SendAsync(conversation, RichMessage.Text("four"));
        Assert.Equal(SendStatus.Rejected, refused.Status);
        Assert.Contains("50013", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_somebody_deleted_is_said_anew()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var conversation = new ConversationKey("discord", server.DirectOf(Ada));
        var sent = await rig.SendAsync(conversation, Card);
        server.Remove(server.Seen(conversation.Chat)[0].Id);
        var decided = new RichMessage([new CardBlock("7F3K", "Restart nginx on 3 nodes", "approved", Risk.Change)]);
        var edited = await rig.SendAsync(conversation, decided, m => m with { Operation = OutboundOperation.Edit, PlatformId = sent.PlatformId });
        Assert.Equal(SendStatus.Sent, edited.Status);
        Assert.NotEqual(sent.PlatformId, edited.PlatformId);
        Assert.Contains("approved", Assert.Single(server.Seen(conversation.Chat)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slash_command_is_deferred_after_the_commit_and_its_answer_fills_the_deferral()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var commit = new TaskCompletionSource();
        rig.Inbox.Commit = commit.Task;
        var made = server.Use(Ops, Ada, ["run"], new Dictionary<string, JsonNode?> { ["command"] = "uptime", ["on"] = "web" });
        await Until.TrueAsync(() => rig.Inbox.Asked == 1);
        Assert.Null(made.Answer);
        commit.SetResult();
        await Until.TrueAsync(() => made.AnswerType == 5);
        var message = rig.Inbox.Accepted[0];
        Assert.Equal(("/run --command='uptime' --on='web'", new ConversationKey("discord", Ops, made.Id), $"discord:i:{made.Id}"), (message.Text, message.Conversation, message.PlatformKey));

        var sent = await rig.SendAsync(message.Conversation, RichMessage.Text("up 3 days"), m => m with { InboxId = "any" });
        Assert.Equal(SendStatus.Sent, sent.Status);
        Assert.Equal("up 3 days", server.Seen(Ops)[^1].Content);
    }

    [Fact]
    public async Task A_slash_command_that_asks_for_approval_opens_a_thread_below_its_answer()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var made = server.Use(Ops, Ada, ["run"], new Dictionary<string, JsonNode?> { ["command"] = "reboot" });
        await Until.TrueAsync(() => made.Answer is not null);
        var conversation = rig.Inbox.Accepted[0].Conversation;
        await rig.SendAsync(conversation, Card);
        var thread = Assert.Single(server.Threads);
        Assert.Equal((made.Original, "/run --command='reboot'"), (thread.Id, thread.Name));
        Assert.StartsWith("▸ /run", server.Seen(Ops)[0].Content, StringComparison.Ordinal);
        var card = Assert.Single(server.Seen(thread.Id));

        // A press in the thread and words in it belong to the conversation that opened it.
        server.Press(card, Eve, card.Buttons[0]);
        server.Say(thread.Id, Eve, "why?");
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 3);
        Assert.All(rig.Inbox.Accepted, m => Assert.Equal(conversation, m.Conversation));
        Assert.Equal((InboundKind.Action, "tok-approve"), (rig.Inbox.Accepted[1].Kind, rig.Inbox.Accepted[1].Text));
    }

    [Fact]
    public async Task Deferred_answers_are_the_bots_own_messages_once_the_interaction_is_over()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var made = server.Use(server.DirectOf(Ada), Ada, ["nodes"]);
        await Until.TrueAsync(() => made.Answer is not null);
        made.At -= TimeSpan.FromMinutes(16);
        var conversation = rig.Inbox.Accepted[0].Conversation;
        Assert.Equal(SendStatus.Sent, (await rig.SendAsync(conversation, RichMessage.Text("late"), m => m with { InboxId = InboxIdOf(rig) })).Status);
        Assert.Equal("late", server.Seen(conversation.Chat)[^1].Content);
    }

    [Fact]
    public async Task A_press_is_acknowledged_after_the_commit_and_its_private_refusal_is_seen_by_one_person_only()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var id = server.Say(Ops, Ada, $"<@{BotUser}> /run x");
        var conversation = new ConversationKey("discord", Ops, id);
        await rig.SendAsync(conversation, Card, m => m with { Anchor = id });
        var card = server.Seen(id)[0];
        var press = server.Press(card, Eve, card.Buttons[0]);
        await Until.TrueAsync(() => press.AnswerType == 6);
        Assert.True(press.Took < TimeSpan.FromSeconds(3));

        var told = await rig.SendAsync(conversation, RichMessage.Text("You may not decide this."), m => m with { InboxId = "of the press", PrivateTo = Eve });
        Assert.Equal(SendStatus.Sent, told.Status);
        Assert.Equal("You may not decide this.", Assert.Single(server.SeenBy(Eve)).Content);
        Assert.Single(server.Seen(id));

        // Without an interaction it is a direct message.
        await rig.SendAsync(conversation, RichMessage.Text("Still not."), m => m with { PrivateTo = Ada });
        Assert.Equal("Still not.", Assert.Single(server.Seen(server.DirectOf(Ada))).Content);
    }

    [Fact]
    public async Task A_button_with_a_question_asks_only_the_person_and_acts_on_their_yes()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var direct = server.DirectOf(Ada);
        var conversation = new ConversationKey("discord", direct);
        await rig.SendAsync(conversation, new RichMessage([new TextBlock("Drop it?"), new ActionsBlock([new MessageAction("tok-drop", "Drop the table", ActionStyle.Danger, "This deletes 12 GB for good.")])]));
        var asked = server.Press(server.Seen(direct)[0], Ada, server.Seen(direct)[0].Buttons[0]);
        await Until.TrueAsync(() => asked.AnswerType == 4);
        Assert.Empty(rig.Inbox.Accepted);
        var question = Assert.Single(server.SeenBy(Ada));
        Assert.Equal("This deletes 12 GB for good.", question.Content);

        var yes = server.Press(question, Ada, question.Buttons[0]);
        await Until.TrueAsync(() => yes.AnswerType == 7);
        Assert.Equal("tok-drop", Assert.Single(rig.Inbox.Accepted).Text);
        Assert.Empty(question.Buttons);
    }

    [Fact]
    public async Task Declining_opens_a_form_and_the_reason_follows_the_token()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var direct = server.DirectOf(Ada);
        await rig.SendAsync(new ConversationKey("discord", direct), Card);
        var pressed = server.Press(server.Seen(direct)[0], Ada, server.Seen(direct)[0].Buttons[1]);
        await Until.TrueAsync(() => pressed.AnswerType == 9);
        var sent = server.Fill(pressed, "not on\na Friday");
        await Until.TrueAsync(() => sent.AnswerType == 6);
        Assert.Equal("tok-deny not on a Friday", Assert.Single(rig.Inbox.Accepted).Text);
    }

    [Fact]
    public async Task What_is_typed_is_completed_and_nothing_of_it_reaches_the_inbox()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var typed = server.Type(Ops, Ada, ["run"], "on", "web");
        await Until.TrueAsync(() => typed.AnswerType == 8);
        Assert.Equal(["web-1", "web-2"], typed.Answer!["data"]!["choices"]!.AsArray().Select(c => (string)c!["value"]!));
        Assert.Empty(rig.Inbox.Accepted);
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused_in_words()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var direct = server.DirectOf(Ada);
        server.Say(direct, Ada, new string('x', (64 * 1024) + 1));
        await Until.TrueAsync(() => server.Seen(direct).Count == 1);
        Assert.Contains("too long", server.Seen(direct)[0].Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passing_states_are_edits_and_none_comes_after_the_lasting_one()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var conversation = new ConversationKey("discord", server.DirectOf(Ada));
        var message = Some.Outbound(conversation, RichMessage.Text("begins"));
        var sent = await rig.Channel.SendAsync(message, CancellationToken.None);
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < 1000; i++) rig.Channel.ShowProgress(conversation, message.MessageId, sent.PlatformId, new RichMessage([new ProgressBlock("Copies", i, 1000)]));
        await Until.TrueAsync(() => server.Seen(conversation.Chat)[0].Edits >= 1);
        var end = message with { OutboxId = Some.Unique(), Operation = OutboundOperation.Edit, PlatformId = sent.PlatformId, Content = RichMessage.Text("done") };
        Assert.Equal(SendStatus.Sent, (await rig.Channel.SendAsync(end, CancellationToken.None)).Status);
        await Task.Delay(600);
        var seen = Assert.Single(server.Seen(conversation.Chat));
        Assert.Equal("done", seen.Content);
        // The first at once, the last at the end, and between them one per interval.
        Assert.InRange(seen.Edits, 2, 2 + (int)(Stopwatch.GetElapsedTime(begun) / DiscordRig.ProgressInterval));
    }

    private static string InboxIdOf(DiscordRig rig) => rig.Inbox.IdOf(rig.Inbox.Accepted[0].PlatformKey);
}
