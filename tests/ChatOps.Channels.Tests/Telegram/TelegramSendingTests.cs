using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using ChatOps.Channels.Telegram;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Telegram;

namespace ChatOps.Channels.Tests.Telegram;

public sealed class TelegramSendingTests
{
    private static readonly byte[] Png = PngOf(640, 480);

    [Fact]
    public async Task A_message_is_sent_edited_and_deleted_under_its_id()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var message = Some.Outbound(TelegramBench.In(chat), RichMessage.Text("**old** words"));
        var sent = await bench.SendAsync(message);
        Assert.Equal((SendStatus.Sent, "1"), (sent.Status, sent.PlatformId));
        Assert.Equal("old words", Assert.Single(chat.Posts).Text);
        Assert.Equal(new TelegramMark("bold", 0, 3), Assert.Single(chat.Posts[0].Marks));
        var edit = message with { Operation = OutboundOperation.Edit, PlatformId = "1", Content = RichMessage.Text("new words") };
        Assert.Equal("1", (await bench.SendAsync(edit)).PlatformId);
        Assert.Equal("new words", Assert.Single(chat.Posts).Text);
        Assert.Equal(SendStatus.Sent, (await bench.SendAsync(edit with { Operation = OutboundOperation.Delete, Content = new RichMessage([]) })).Status);
        Assert.Empty(chat.Posts);
        Assert.NotNull(bench.Channel.Health!.Facts["lastSend"]);
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_a_success_whoever_notices_it()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var message = Some.Outbound(TelegramBench.In(chat), RichMessage.Text("same"));
        var edit = message with { Operation = OutboundOperation.Edit, PlatformId = (await bench.SendAsync(message)).PlatformId };
        Assert.Equal(SendStatus.Sent, (await bench.SendAsync(edit)).Status);
        Assert.Empty(bench.Server.CallsOf("editMessageText"));
        // A gateway that does not remember what it has shown asks, and is told "message is not modified".
        await using var restarted = await TelegramBench.StartAsync(bench.Server, run: false);
        Assert.Equal(SendStatus.Sent, (await restarted.SendAsync(edit)).Status);
        Assert.Equal(400, Assert.Single(bench.Server.CallsOf("editMessageText")).Answer);
    }

    [Fact]
    public async Task A_message_that_somebody_has_deleted_is_sent_anew_when_it_changes()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var message = Some.Outbound(TelegramBench.In(chat), RichMessage.Text("card"));
        var sent = await bench.SendAsync(message);
        chat.Remove(1);
        var edited = await bench.SendAsync(message with { Operation = OutboundOperation.Edit, PlatformId = sent.PlatformId, Content = RichMessage.Text("Approved by li") });
        Assert.Equal((SendStatus.Sent, "2"), (edited.Status, edited.PlatformId));
        Assert.Equal("Approved by li", Assert.Single(chat.Posts).Text);
    }

    [Theory]
    [InlineData("word ", 3000)]
    [InlineData("👩‍👩‍👧‍👦", 1200)]
    [InlineData("e\u0301", 4000)]
    [InlineData("x", 9000)]
    [InlineData("line\n", 2500)]
    [InlineData("<&> ", 4000)]
    public async Task A_text_longer_than_Telegram_takes_comes_in_numbered_pages_with_nothing_lost_and_no_character_cut(string piece, int times)
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var text = string.Concat(Enumerable.Repeat(piece, times));
        var sent = await bench.SendAsync(chat, new TextBlock(PlainText.Escape(text)), new ActionsBlock([new MessageAction("token", "Go", ActionStyle.Plain)]));
        Assert.Equal(SendStatus.Sent, sent.Status);
        var pages = chat.Posts;
        Assert.InRange(pages.Count, 2, 20);
        Assert.All(pages, p => Assert.InRange(p.Text.Length, 1, 4096));
        Assert.All(pages, (p, i) => Assert.StartsWith($"({i + 1}/{pages.Count})", p.Text, StringComparison.Ordinal));
        var joined = string.Concat(pages.Select((p, i) => p.Text[$"({i + 1}/{pages.Count})\n".Length..]));
        Assert.Equal(Squeezed(text), Squeezed(joined));
        Assert.All(pages, p => Assert.False(char.IsHighSurrogate(p.Text[^1])));
        if (piece.Length > 1 && !piece.EndsWith(' ') && !piece.EndsWith('\n')) Assert.All(pages, p => Assert.EndsWith(piece, p.Text, StringComparison.Ordinal));
        Assert.Equal(pages[^1].Id, Assert.Single(pages, p => p.Buttons.Count > 0).Id);
        Assert.Equal(string.Join(',', pages.Select(p => p.Id)), sent.PlatformId);
    }

    [Fact]
    public async Task Exactly_as_much_as_fits_is_one_message()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        await bench.SendAsync(chat, new TextBlock(new string('x', 4096)));
        await bench.SendAsync(chat, new TextBlock(new string('y', 4097)));
        Assert.Equal([4096], chat.Posts.Where(p => p.Text.Contains('x', StringComparison.Ordinal)).Select(p => p.Text.Length));
        Assert.Equal(2, chat.Posts.Count(p => p.Text.Contains('y', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_longer_or_shorter_edit_adds_and_deletes_pages()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var message = Some.Outbound(TelegramBench.In(chat), RichMessage.Text("short"));
        var id = (await bench.SendAsync(message)).PlatformId;
        id = (await bench.SendAsync(message with { Operation = OutboundOperation.Edit, PlatformId = id, Content = RichMessage.Text(new string('x', 9000)) })).PlatformId;
        Assert.Equal(3, chat.Posts.Count);
        id = (await bench.SendAsync(message with { Operation = OutboundOperation.Edit, PlatformId = id, Content = RichMessage.Text("short again") })).PlatformId;
        Assert.Equal(("1", "short again"), (id, Assert.Single(chat.Posts).Text));
    }

    [Fact]
    public async Task Parts_that_arrived_before_a_failure_are_not_sent_twice()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var message = Some.Outbound(TelegramBench.In(chat), RichMessage.Text(new string('x', 9000)));
        bench.Server.Fail(new TelegramFault { Method = "sendMessage", Times = 1, Delay = TimeSpan.Zero, Status = 0 });
        bench.Server.Fail(TelegramFault.Internal("sendMessage"));
        var first = await bench.Channel.SendAsync(message, CancellationToken.None);
        Assert.Equal((SendStatus.Retry, "1"), (first.Status, first.PlatformId));
        var second = await bench.Channel.SendAsync(message with { PlatformId = first.PlatformId }, CancellationToken.None);
        Assert.Equal((SendStatus.Sent, "1,2,3"), (second.Status, second.PlatformId));
        Assert.Equal(3, chat.Posts.Count);
    }

    [Fact]
    public async Task Output_longer_than_people_read_shows_head_and_tail_and_comes_whole_as_a_file()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var output = string.Join('\n', Enumerable.Range(1, 500).Select(i => $"line {i}"));
        var message = Some.Outbound(TelegramBench.In(chat), new RichMessage([new CodeBlock(output, "web-1")]));
        var sent = await bench.SendAsync(message);
        Assert.Equal(2, chat.Posts.Count);
        Assert.Contains("line 1\n", chat.Posts[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("line 500", chat.Posts[0].Text, StringComparison.Ordinal);
        Assert.Contains("lines left out", chat.Posts[0].Text, StringComparison.Ordinal);
        Assert.Equal(("web-1.txt", output), (chat.Posts[1].File!.Value.Name, Encoding.UTF8.GetString(chat.Posts[1].File!.Value.Content)));
        // Edited with the same output: the file stays; with another one: it is replaced.
        var edit = message with { Operation = OutboundOperation.Edit, PlatformId = sent.PlatformId };
        Assert.Equal(sent.PlatformId, (await bench.SendAsync(edit)).PlatformId);
        Assert.Single(bench.Server.CallsOf("sendDocument"));
        await bench.SendAsync(edit with { Content = new RichMessage([new CodeBlock(output + "\nline 501", "web-1")]) });
        Assert.Equal(2, chat.Posts.Count);
        Assert.EndsWith("line 501", Encoding.UTF8.GetString(chat.Posts[1].File!.Value.Content), StringComparison.Ordinal);
        await bench.SendAsync(edit with { PlatformId = $"1,f{chat.Posts[1].Id}:00000000", Content = RichMessage.Text("done") });
        Assert.Equal("done", Assert.Single(chat.Posts).Text);
    }

    [Fact]
    public async Task Kept_files_are_attached_pictures_are_shown_and_what_cannot_be_sent_is_named()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        bench.Files.Add("report", "a,b"u8.ToArray());
        bench.Files.Add("shot", Png);
        bench.Files.Add("broken", "no picture"u8.ToArray());
        var sent = await bench.SendAsync(
            chat, new TextBlock("Files"), new FileBlock("report.csv", "report", 3), new FileBlock("shot.png", "shot", Png.Length), new FileBlock("broken.png", "broken", 10),
            new FileBlock("gone.log", "gone", 5), new FileBlock("huge.iso", "huge", 51_000_000), new FileBlock("empty.txt", "empty", 0));
        Assert.Equal(SendStatus.Sent, sent.Status);
        Assert.Contains("huge.iso (48.6 MiB) is too large for Telegram", chat.Posts[0].Text, StringComparison.Ordinal);
        Assert.Contains("empty.txt is empty", chat.Posts[0].Text, StringComparison.Ordinal);
        Assert.Equal([("report.csv", false), ("shot.png", true), ("broken.png", false)], chat.Posts.Where(p => p.File is not null).Select(p => (p.File!.Value.Name, p.File.Value.IsPhoto)));
        Assert.Equal("📎 gone.log is no longer kept on the gateway.", chat.Posts[^1].Text);
    }

    [Theory]
    [InlineData(5_000, 5_000, true)]
    [InlineData(5_000, 5_001, false)]
    [InlineData(2_000, 100, true)]
    [InlineData(2_001, 100, false)]
    [InlineData(100, 2_001, false)]
    [InlineData(0, 10, false)]
    public async Task A_picture_is_a_photo_within_Telegrams_limits_and_else_goes_as_a_file_at_once(int width, int height, bool isPhoto)
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var picture = PngOf(width, height);
        bench.Files.Add("shot", picture);
        await bench.SendAsync(chat, new TextBlock("See"), new FileBlock("shot.PNG", "shot", picture.Length));
        var post = chat.Posts[^1];
        Assert.Equal(isPhoto, post.File!.Value.IsPhoto);
        Assert.Equal(picture, post.File.Value.Content);
        Assert.Equal(isPhoto ? 1 : 0, bench.Server.CallsOf("sendPhoto").Count);
    }

    [Fact]
    public async Task A_picture_of_more_than_ten_megabytes_goes_as_a_file()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        byte[] picture = [.. PngOf(640, 480), .. new byte[10_000_000]];
        bench.Files.Add("shot", picture);
        await bench.SendAsync(chat, new FileBlock("shot.png", "shot", picture.Length));
        Assert.False(chat.Posts[^1].File!.Value.IsPhoto);
        Assert.Empty(bench.Server.CallsOf("sendPhoto"));
    }

    [Fact]
    public async Task A_picture_that_Telegram_refuses_to_show_goes_as_a_file_and_is_sent_once()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        bench.Files.Add("shot", Png);
        bench.Server.Fail(new TelegramFault
        {
            Method = "sendPhoto", Status = 400, Body = """{"ok":false,"error_code":400,"description":"Bad Request: PHOTO_INVALID_DIMENSIONS"}""",
        });
        Assert.Equal(SendStatus.Sent, (await bench.SendAsync(chat, new FileBlock("shot.png", "shot", Png.Length))).Status);
        Assert.Equal([("shot.png", false)], chat.Posts.Where(p => p.File is not null).Select(p => (p.File!.Value.Name, p.File.Value.IsPhoto)));
        Assert.Single(bench.Server.CallsOf("sendPhoto"));
    }

    [Fact]
    public void A_picture_tells_its_size_and_what_is_none_tells_nothing()
    {
        Assert.Equal(new PictureSize(640, 480), PictureSize.Of(Png));
        // A comment, a table, and then the frame.
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xFE, 0, 5, 1, 2, 3, 0xFF, 0xFF, 0xC4, 0, 3, 9, 0xFF, 0xC2, 0, 17, 8, 0x01, 0xE0, 0x02, 0x80, 3];
        Assert.Equal(new PictureSize(640, 480), PictureSize.Of(jpeg));
        for (var length = 0; length < jpeg.Length - 1; length++) Assert.Null(PictureSize.Of(jpeg.AsSpan(0, length)));
        for (var length = 0; length < 24; length++) Assert.Null(PictureSize.Of(Png.AsSpan(0, length)));
        Assert.Null(PictureSize.Of("GIF89a with more than enough bytes"u8));
        Assert.Null(PictureSize.Of([0xFF, 0xD8, 0xFF, 0xFE, 0, 0, 0xFF, 0xFE, 0, 0, 0, 0]));
    }

    // As far as a picture's size is told; no client draws it.
    private static byte[] PngOf(int width, int height)
    {
        byte[] png = [0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[8], 8, 2, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    [Fact]
    public async Task A_pause_that_Telegram_asks_for_is_kept_for_that_chat_and_others_go_on()
    {
        await using var bench = await TelegramBench.StartAsync();
        var (ada, ben) = (bench.Server.Direct(TelegramBench.Ada), bench.Server.Direct(TelegramBench.Ben));
        bench.Server.Fail(TelegramFault.TooFast(3, chat: ada.Id));
        var message = Some.Outbound(TelegramBench.In(ada), RichMessage.Text("m"));
        var first = await bench.Channel.SendAsync(message, CancellationToken.None);
        Assert.Equal((SendStatus.Retry, TimeSpan.FromSeconds(3)), (first.Status, first.RetryAfter));
        var again = await bench.Channel.SendAsync(message, CancellationToken.None);
        Assert.Equal(SendStatus.Retry, again.Status);
        Assert.InRange(again.RetryAfter!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(3));
        Assert.Equal(SendStatus.Sent, (await bench.SendAsync(ben, new TextBlock("other"))).Status);
        Assert.Equal(2, bench.Server.CallsOf("sendMessage").Count);
        Assert.Equal(SendStatus.Sent, (await bench.SendAsync(message)).Status);
        Assert.Empty(bench.Server.Violations);
    }

    [Fact]
    public async Task When_two_chats_must_pause_at_once_all_of_them_do()
    {
        await using var bench = await TelegramBench.StartAsync();
        var (ada, ben) = (bench.Server.Direct(TelegramBench.Ada), bench.Server.Direct(TelegramBench.Ben));
        var third = bench.Server.Group(-500);
        bench.Server.Fail(TelegramFault.TooFast(30, chat: ada.Id));
        bench.Server.Fail(TelegramFault.TooFast(30, chat: ben.Id));
        await bench.Channel.SendAsync(Some.Outbound(TelegramBench.In(ada), RichMessage.Text("m")), CancellationToken.None);
        await bench.Channel.SendAsync(Some.Outbound(TelegramBench.In(ben), RichMessage.Text("m")), CancellationToken.None);
        var held = await bench.Channel.SendAsync(Some.Outbound(TelegramBench.In(third), RichMessage.Text("m")), CancellationToken.None);
        Assert.Equal(SendStatus.Retry, held.Status);
        Assert.Empty(third.Posts);
    }

    [Theory]
    [InlineData("""{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 2","parameters":{"retry_after":2}}""", null, 2.0)]
    [InlineData("""{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":1.5}}""", null, 1.5)]
    [InlineData("<html>429</html>", "3", 3.0)]
    [InlineData("<html>429</html>", null, 5.0)]
    [InlineData("", "soon", 5.0)]
    public async Task A_demand_for_a_pause_is_understood_in_every_form(string body, string? header, double seconds)
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        bench.Server.Fail(new TelegramFault { Method = "sendMessage", Status = 429, Body = body, RetryAfterHeader = header });
        var result = await bench.Channel.SendAsync(Some.Outbound(TelegramBench.In(chat), RichMessage.Text("m")), CancellationToken.None);
        Assert.Equal((SendStatus.Retry, TimeSpan.FromSeconds(seconds)), (result.Status, result.RetryAfter));
    }

    [Fact]
    public async Task A_send_whose_answer_is_lost_is_ambiguous_and_one_that_never_left_is_not()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var message = Some.Outbound(TelegramBench.In(chat), RichMessage.Text("m"));
        // Over a connection that was used before: a client that quietly tries again would say it twice.
        await bench.SendAsync(chat, new TextBlock("warm"));
        bench.Server.Fail(new TelegramFault { Method = "sendMessage", Done = true, Cut = true });
        var lost = await bench.Channel.SendAsync(message, CancellationToken.None);
        Assert.Equal((SendStatus.Ambiguous, null), (lost.Status, lost.PlatformId));
        Assert.Equal(2, chat.Posts.Count);
        bench.Server.Fail(new TelegramFault { Method = "sendMessage", Done = true, Status = 502, Body = "<html>Bad Gateway</html>" });
        Assert.Equal(SendStatus.Ambiguous, (await bench.Channel.SendAsync(message, CancellationToken.None)).Status);
        bench.Server.Fail(TelegramFault.Internal("sendMessage"));
        Assert.Equal(SendStatus.Retry, (await bench.Channel.SendAsync(message, CancellationToken.None)).Status);
        Assert.Equal(3, chat.Posts.Count);
        await bench.StopAsync();
        await using var away = await TelegramBench.StartAsync(bench.Server, o => o.ApiBase = new Uri("http://127.0.0.1:9"), run: false);
        var never = await away.Channel.SendAsync(message, CancellationToken.None);
        Assert.Equal((SendStatus.Retry, "Telegram cannot be reached."), (never.Status, never.Reason));
    }

    [Theory]
    [InlineData("bot was blocked by the user")]
    [InlineData("bot was kicked from the supergroup chat")]
    [InlineData("bot can't initiate conversation with a user")]
    public async Task Where_the_bot_may_not_write_a_message_is_rejected_with_the_reason(string why)
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        chat.Shut = why;
        var result = await bench.SendAsync(chat, new TextBlock("m"));
        Assert.Equal(SendStatus.Rejected, result.Status);
        Assert.Contains(why, result.Reason, StringComparison.Ordinal);
        Assert.Equal(SendStatus.Rejected, (await bench.SendAsync(bench.Server.Group(-77) is var g ? new OutboundMessage("o", OutboundOperation.Send, new ConversationKey("telegram", "-78"), "m", null, RichMessage.Text("x")) : null!)).Status);
        Assert.Equal(SendStatus.Rejected, (await bench.SendAsync(Some.Outbound(new ConversationKey("telegram", "no number"), RichMessage.Text("x")))).Status);
    }

    [Fact]
    public async Task In_a_forum_it_answers_in_the_topic_and_in_the_nearest_place_when_that_is_closed_or_gone()
    {
        await using var bench = await TelegramBench.StartAsync();
        var forum = bench.Server.Group(-1001000000001, "Ops", 7, 8);
        var update = bench.Server.Say(forum, TelegramBench.Ada, "/nodes@ops_test_bot", topic: 7);
        await Until.TrueAsync(() => bench.Server.IsConfirmed(update));
        var asked = bench.Accepted[0];
        Assert.Equal(("telegram/-1001000000001/7", "Ops", "/nodes"), (asked.Conversation.Id, asked.Context.Group, asked.Text));
        await bench.SendAsync(Some.Outbound(asked.Conversation, RichMessage.Text("in the topic")) with { Anchor = asked.Context.Anchor });
        Assert.Equal((7L, 1L), (forum.Posts[^1].Thread!.Value, forum.Posts[^1].RepliesTo!.Value));
        forum.Closed.Add(7);
        Assert.Equal(SendStatus.Sent, (await bench.SendAsync(Some.Outbound(asked.Conversation, RichMessage.Text("closed")))).Status);
        Assert.Null(forum.Posts[^1].Thread);
        Assert.Equal(SendStatus.Sent, (await bench.SendAsync(Some.Outbound(TelegramBench.In(forum, 99), RichMessage.Text("gone")))).Status);
        Assert.Equal("gone", forum.Posts[^1].Text);
    }

    [Fact]
    public async Task A_message_that_opens_a_thread_makes_a_topic_where_the_group_has_topics_and_the_bot_may()
    {
        await using var bench = await TelegramBench.StartAsync();
        var forum = bench.Server.Group(-1001000000001, "Ops", 7);
        forum.MayManageTopics = true;
        var sent = await bench.SendAsync(Some.Outbound(TelegramBench.In(forum), RichMessage.Text("Critical: mem")) with { ThreadTitle = $"Incident 7F3K2M: {new string('m', 200)}" });
        var (topic, name) = Assert.Single(forum.Opened);
        Assert.Equal((TelegramBench.In(forum, topic), 128), (sent.Thread, name.Length));
        await bench.SendAsync(Some.Outbound(sent.Thread!, RichMessage.Text("inside")));
        Assert.Equal((topic, "inside"), (forum.Posts[^1].Thread!.Value, forum.Posts[^1].Text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(7L)]
    public async Task Elsewhere_it_begins_a_chain_of_answers_that_people_go_on_with_by_answering_also_after_a_restart(long? topic)
    {
        await using var bench = await TelegramBench.StartAsync();
        var group = topic is null ? bench.Server.Group(-1001000000001) : bench.Server.Group(-1001000000001, "Ops", topic.Value);
        var ops = topic is null ? TelegramBench.In(group) : TelegramBench.In(group, topic.Value);
        var sent = await bench.SendAsync(Some.Outbound(ops, RichMessage.Text("Critical: mem")) with { ThreadTitle = "Incident 7F3K2M" });
        var root = group.Posts[^1].Id;
        Assert.Equal(ops with { Thread = $"{topic}r{root}" }, sent.Thread);
        var token = new string('T', 40);
        await bench.SendAsync(Some.Outbound(sent.Thread!, new RichMessage([new TextBlock("inside"), new ActionsBlock([new MessageAction(token, "Restart", ActionStyle.Danger)])])));
        var inside = group.Posts[^1];
        Assert.Equal((topic, root, "inside"), (inside.Thread, inside.RepliesTo!.Value, inside.Text));

        await bench.StopAsync();
        await using var next = await TelegramBench.StartAsync(bench.Server, state: bench.State);
        foreach (var answered in new[] { root, inside.Id })
        {
            var update = next.Server.Say(group, TelegramBench.Ada, $"it is {answered}", repliesTo: answered, topic: topic);
            await Until.TrueAsync(() => next.Server.IsConfirmed(update));
            Assert.Equal((sent.Thread, $"it is {answered}"), (next.Accepted[^1].Conversation, next.Accepted[^1].Text));
        }

        next.Server.Press(group, TelegramBench.Ada, inside.Id, inside.Markup!["inline_keyboard"]![0]![0]!["callback_data"]!.GetValue<string>());
        await Until.TrueAsync(() => next.Accepted[^1].Kind == InboundKind.Action);
        Assert.Equal(sent.Thread, next.Accepted[^1].Conversation);
        Assert.Null((await next.SendAsync(Some.Outbound(new ConversationKey("telegram", "101"), RichMessage.Text("direct")) with { ThreadTitle = "x" })).Thread);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_group_that_becomes_a_supergroup_keeps_its_conversation_in_both_directions(bool told)
    {
        await using var server = await TelegramServer.StartAsync();
        var state = new MemoryChannelState();
        var group = server.Group(-4242, "Ops");
        TelegramChatState supergroup;
        await using (var bench = await TelegramBench.StartAsync(server, state: state))
        {
            var card = Some.Outbound(TelegramBench.In(group), RichMessage.Text("card"));
            var sent = await bench.SendAsync(card);
            supergroup = server.Migrate(group, -1001000004242, told);
            if (told) await Until.TrueAsync(() => server.Waiting == 0);
            // The old card stays behind with the old group; its newest state is said in the new one.
            var edited = await bench.SendAsync(card with { Operation = OutboundOperation.Edit, PlatformId = sent.PlatformId, Content = RichMessage.Text("decided") });
            Assert.Equal(SendStatus.Sent, edited.Status);
            Assert.Equal("decided", supergroup.Posts[^1].Text);
        }

        // Also after a restart: it is in the store.
        await using var again = await TelegramBench.StartAsync(server, state: state);
        var update = server.Say(supergroup, TelegramBench.Ada, "/nodes@ops_test_bot");
        await Until.TrueAsync(() => server.IsConfirmed(update));
        Assert.Equal("telegram/-4242", again.Accepted[^1].Conversation.Id);
        await again.SendAsync(Some.Outbound(again.Accepted[^1].Conversation, RichMessage.Text("here")));
        Assert.Equal("here", supergroup.Posts[^1].Text);
    }

    [Fact]
    public async Task Passing_states_are_few_the_newest_wins_and_none_comes_after_the_result()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var message = Some.Outbound(TelegramBench.In(chat), RichMessage.Text("starting"));
        var sent = await bench.SendAsync(message);
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < 2_000; i++)
        {
            bench.Channel.ShowProgress(message.Conversation, message.MessageId, sent.PlatformId, new RichMessage([new ProgressBlock("Copies", i, 2_000)]));
            if (i % 500 == 0) await Task.Delay(30);
        }

        await Until.TrueAsync(() => chat.Posts[0].Text.Contains("1999", StringComparison.Ordinal));
        // The first at once, and then one per interval. A timer counts in the system's coarse ticks, so each may come a few milliseconds early.
        var shortest = TelegramBench.ProgressInterval - TimeSpan.FromMilliseconds(10);
        Assert.InRange(bench.Server.CallsOf("editMessageText").Count, 1, 1 + (int)(Stopwatch.GetElapsedTime(begun) / shortest));
        bench.Channel.ShowProgress(message.Conversation, message.MessageId, sent.PlatformId, RichMessage.Text("late"));
        await bench.SendAsync(message with { Operation = OutboundOperation.Edit, PlatformId = sent.PlatformId, Content = RichMessage.Text("done") });
        await Task.Delay(250);
        Assert.Equal("done", chat.Posts[0].Text);
    }

    [Fact]
    public async Task While_it_works_it_types_and_stops_when_it_answers()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        bench.Server.Say(chat, TelegramBench.Ada, "/status");
        await Until.TrueAsync(() => bench.Server.CallsOf("sendChatAction").Count == 1);
        await bench.SendAsync(chat, new TextBlock("All is well."));
        Assert.Single(bench.Server.CallsOf("sendChatAction"));
    }

    [Fact]
    public async Task What_the_inbox_refuses_is_told_where_it_was_said_and_not_asked_again()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var update = bench.Server.Say(chat, TelegramBench.Ada, new string('x', 70_000));
        await Until.TrueAsync(() => bench.Server.IsConfirmed(update));
        Assert.Empty(bench.Accepted);
        Assert.Contains("too long", chat.Posts[^1].Text, StringComparison.Ordinal);
        Assert.Equal(1, chat.Posts[^1].RepliesTo);
    }

    private static string Squeezed(string text) => text.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}
