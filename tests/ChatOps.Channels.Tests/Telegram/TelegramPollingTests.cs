using System.Diagnostics;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Telegram;

namespace ChatOps.Channels.Tests.Telegram;

public sealed class TelegramPollingTests
{
    [Fact]
    public async Task What_somebody_says_comes_in_with_who_and_where_and_is_confirmed_afterwards()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var update = bench.Server.Say(chat, TelegramBench.Ada, "/run uptime --on role=web");
        await Until.TrueAsync(() => bench.Server.IsConfirmed(update));
        var message = Assert.Single(bench.Accepted);
        Assert.Equal(("telegram/101", "telegram:101", InboundKind.Text, "/run uptime --on role=web"), (message.Conversation.Id, message.Actor.Key, message.Kind, message.Text));
        Assert.Equal(("Ada", "1", null), (message.Actor.DisplayName, message.Context.Anchor, message.Context.Group));
        Assert.Equal(PartState.Ok, bench.Channel.Health!.State);
        Assert.Contains("ops_test_bot", bench.Channel.Health.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_is_confirmed_after_the_commit_and_not_before()
    {
        await using var bench = await TelegramBench.StartAsync();
        var commit = new TaskCompletionSource();
        bench.Inbox!.Commit = commit.Task;
        var update = bench.Server.Say(bench.Server.Direct(TelegramBench.Ada), TelegramBench.Ada, "/status");
        await Until.TrueAsync(() => bench.Inbox.Asked == 1);
        Assert.False(bench.Server.IsConfirmed(update));
        commit.SetResult();
        await Until.TrueAsync(() => bench.Server.IsConfirmed(update));
    }

    [Fact]
    public async Task A_message_to_a_slow_commit_does_not_hold_up_another_chat()
    {
        await using var bench = await TelegramBench.StartAsync();
        await Until.TrueAsync(() => bench.Server.IsPolled);
        var (ada, ben) = (bench.Server.Direct(TelegramBench.Ada), bench.Server.Direct(TelegramBench.Ben));
        for (var i = 0; i < 20; i++)
        {
            bench.Server.Say(ada, TelegramBench.Ada, $"/a{i}");
            bench.Server.Say(ben, TelegramBench.Ben, $"/b{i}");
        }

        await Until.TrueAsync(() => bench.Accepted.Count == 40);
        foreach (var who in new[] { "101", "102" })
        {
            var texts = bench.Accepted.Where(m => m.Actor.UserId == who).Select(m => m.Text).ToList();
            Assert.Equal(texts.OrderBy(t => int.Parse(t[2..], System.Globalization.CultureInfo.InvariantCulture)), texts);
        }
    }

    [Fact]
    public async Task What_the_store_cannot_take_stays_with_Telegram_and_comes_again_in_order()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        bench.Inbox!.Away = "The disk is full.";
        var first = bench.Server.Say(chat, TelegramBench.Ada, "/one");
        var second = bench.Server.Say(chat, TelegramBench.Ada, "/two");
        await Until.TrueAsync(() => bench.Channel.Health!.State == PartState.Degraded);
        Assert.False(bench.Server.IsConfirmed(first));
        bench.Inbox.Away = null;
        await Until.TrueAsync(() => bench.Server.IsConfirmed(second));
        Assert.Equal(["/one", "/two"], bench.Accepted.Select(m => m.Text));
        await Until.TrueAsync(() => bench.Channel.Health!.State == PartState.Ok);
    }

    [Fact]
    public async Task After_a_quiet_week_numbers_may_begin_lower_and_nothing_is_lost()
    {
        await using var bench = await TelegramBench.StartAsync();
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var before = bench.Server.Say(chat, TelegramBench.Ada, "/before");
        await Until.TrueAsync(() => bench.Server.IsConfirmed(before));
        bench.Server.NumberFrom(1_200);
        var update = bench.Server.Say(chat, TelegramBench.Ada, "/after");
        Assert.Equal(1_200, update);
        await Until.TrueAsync(() => bench.Server.IsConfirmed(update));
        Assert.Equal("/after", bench.Accepted[^1].Text);
        Assert.Single(bench.Accepted, m => m.Text == "/after");
    }

    [Fact]
    public async Task A_restarted_gateway_takes_what_was_not_confirmed_once()
    {
        await using var server = await TelegramServer.StartAsync();
        var inbox = new ChatOps.Testing.Channels.ConformanceInbox();
        var chat = server.Direct(TelegramBench.Ada);
        await using (var first = await TelegramBench.StartAsync(server, inbox: inbox))
        {
            server.Say(chat, TelegramBench.Ada, "/one");
            await Until.TrueAsync(() => inbox.Accepted.Count == 1);
            await first.StopAsync();
            server.Say(chat, TelegramBench.Ada, "/two");
            await using var second = await TelegramBench.StartAsync(server, inbox: inbox);
            await Until.TrueAsync(() => server.Waiting == 0);
            Assert.Equal(["/one", "/two"], inbox.Accepted.Select(m => m.Text));
        }
    }

    [Fact]
    public async Task Of_two_gateways_with_one_token_each_says_so_and_none_asks_in_a_tight_loop()
    {
        await using var server = await TelegramServer.StartAsync();
        await using var first = await TelegramBench.StartAsync(server);
        await using var second = await TelegramBench.StartAsync(server);
        await Until.TrueAsync(() => new[] { first, second }.Any(b => b.Channel.Health!.Summary.Contains("Another program polls", StringComparison.Ordinal)));
        var (polls, begun) = (server.Polls, Stopwatch.GetTimestamp());
        await Task.Delay(500);
        // Whoever is told rests for a second at least, then asks how it is, and then waits for updates: two questions.
        Assert.InRange(server.Polls - polls, 0, 3 + (2 * (int)Stopwatch.GetElapsedTime(begun).TotalSeconds));
    }

    [Fact]
    public async Task A_webhook_of_somebody_else_is_left_alone_and_named()
    {
        await using var bench = await TelegramBench.StartAsync(run: false);
        bench.Server.SetForeignWebhook("https://elsewhere.example/hook");
        await bench.RunAsync(connected: false);
        await Until.TrueAsync(() => bench.Channel.Health!.Summary.Contains("webhook is set", StringComparison.Ordinal));
        Assert.Equal("https://elsewhere.example/hook", bench.Server.WebhookUrl);
        bench.Server.SetForeignWebhook("");
        await Until.TrueAsync(() => bench.Channel.Health!.State == PartState.Ok || bench.Server.IsPolled);
    }

    [Fact]
    public async Task A_token_that_Telegram_does_not_know_ends_the_channel_with_what_to_do_and_no_loop()
    {
        await using var bench = await TelegramBench.StartAsync(run: false);
        bench.Server.Rotate("7000000001:another-token-0123456789");
        var error = await Assert.ThrowsAsync<ChannelFatalException>(() => bench.RunAsync());
        Assert.Contains("BotFather", error.Remedy, StringComparison.Ordinal);
        Assert.Single(error.Secrets);
        Assert.DoesNotContain(bench.Secrets.Token, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(bench.Server.Calls);
    }

    [Fact]
    public async Task A_token_that_is_revoked_while_it_runs_is_replaced_by_the_one_in_its_source()
    {
        await using var bench = await TelegramBench.StartAsync();
        const string fresh = "7000000001:fresh-token-0123456789";
        bench.Secrets.Token = fresh;
        bench.Server.Rotate(fresh);
        var chat = bench.Server.Direct(TelegramBench.Ada);
        // The poll under way ends with this update; the next one is refused, and the new token is read.
        bench.Server.Say(chat, TelegramBench.Ada, "/one");
        await Until.TrueAsync(() => bench.Accepted.Count == 1);
        var second = bench.Server.Say(chat, TelegramBench.Ada, "/two");
        await Until.TrueAsync(() => bench.Server.IsConfirmed(second));
        Assert.False(bench.Running.IsCompleted);
        Assert.Equal(SendStatus.Sent, (await bench.SendAsync(chat, new TextBlock("still here"))).Status);
    }

    [Theory]
    [InlineData(500, """{"ok":false,"error_code":500,"description":"Internal Server Error"}""")]
    [InlineData(502, "<html>Bad Gateway</html>")]
    [InlineData(200, "not json at all")]
    [InlineData(200, """{"ok":true,"result":"no list"}""")]
    [InlineData(429, """{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":0.05}}""")]
    [InlineData(0, null)]
    public async Task Polling_goes_on_after_any_failure_and_says_what_it_was(int status, string? body)
    {
        await using var bench = await TelegramBench.StartAsync(change: o => o.PollTimeout = TimeSpan.FromSeconds(1));
        bench.Server.Fail(new TelegramFault { Method = "getUpdates", Times = int.MaxValue, Status = status, Body = body, Cut = status == 0 });
        await Until.TrueAsync(() => bench.Channel.Health!.State == PartState.Degraded && bench.Server.CallsOf("getUpdates").Count > 3);
        bench.Server.Recover();
        var update = bench.Server.Say(bench.Server.Direct(TelegramBench.Ada), TelegramBench.Ada, "/status");
        await Until.TrueAsync(() => bench.Server.IsConfirmed(update));
        Assert.Single(bench.Accepted);
        await Until.TrueAsync(() => bench.Channel.Health!.State == PartState.Ok);
    }

    [Fact]
    public async Task The_command_menu_is_set_once_and_again_only_when_it_changes()
    {
        await using var server = await TelegramServer.StartAsync();
        var state = new MemoryChannelState();
        await using (await TelegramBench.StartAsync(server, state: state))
        {
            Assert.Equal([("approve", "Approves what waits"), ("break_glass", "Acts without a second person"), ("nodes", "The machines"), ("run", "Runs a command on machines")], server.Menu);
        }

        await using (await TelegramBench.StartAsync(server, state: state)) Assert.Single(server.CallsOf("setMyCommands"));
        await using var changed = await TelegramBench.StartAsync(server, state: state, run: false);
        changed.Commands.Fingerprint = "two";
        await changed.RunAsync();
        Assert.Equal(2, server.CallsOf("setMyCommands").Count);
    }

    [Fact]
    public async Task An_update_that_can_never_be_handled_is_given_up_and_the_others_come_in()
    {
        var inbox = new ChatOps.Testing.Channels.ConformanceInbox();
        await using var bench = await TelegramBench.StartAsync(inbox: new BrokenInbox(inbox, text => text == "/poison"));
        var chat = bench.Server.Direct(TelegramBench.Ada);
        var poison = bench.Server.Say(chat, TelegramBench.Ada, "/poison");
        var good = bench.Server.Say(chat, TelegramBench.Ada, "/good");
        await Until.TrueAsync(() => bench.Server.IsConfirmed(good));
        Assert.True(bench.Server.IsConfirmed(poison));
        Assert.Equal("/good", Assert.Single(inbox.Accepted).Text);
        Assert.Equal(3, bench.Logs.Lines.Count(l => l.StartsWith("Error", StringComparison.Ordinal) && l.Contains("InvalidOperationException", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_channel_that_was_stopped_can_be_started_again()
    {
        await using var bench = await TelegramBench.StartAsync(change: o => o.PressPatience = TimeSpan.FromSeconds(10));
        using (var stop = new CancellationTokenSource())
        {
            await bench.StopAsync();
            var again = Task.Run(() => bench.Channel.RunAsync(stop.Token));
            var chat = bench.Server.Direct(TelegramBench.Ada);
            var update = bench.Server.Say(chat, TelegramBench.Ada, "/status");
            await Until.TrueAsync(() => bench.Server.IsConfirmed(update));
            var sent = await bench.SendAsync(chat, new TextBlock("x"), new ActionsBlock([new MessageAction("t", "Go", ActionStyle.Plain)]));
            bench.Server.Press(chat, TelegramBench.Ada, long.Parse(sent.PlatformId!, System.Globalization.CultureInfo.InvariantCulture), "!t");
            await Until.TrueAsync(() => bench.Accepted.Count == 2);
            var refusal = Some.Outbound(TelegramBench.In(chat), RichMessage.Text("No.")) with { PrivateTo = "101", InboxId = bench.LastInboxId };
            Assert.Equal("alert", (await bench.SendAsync(refusal)).PlatformId);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => again);
        }
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_a_Telegram_that_does_not_answer()
    {
        await using var bench = await TelegramBench.StartAsync(change: o => o.PressPatience = TimeSpan.FromSeconds(10));
        var chat = bench.Server.Direct(TelegramBench.Ada);
        await bench.SendAsync(chat, new TextBlock("x"), new ActionsBlock([new MessageAction("t", "Go", ActionStyle.Plain)]));
        bench.Server.Fail(new TelegramFault { Method = "answerCallbackQuery", Delay = TimeSpan.FromMinutes(1) });
        bench.Server.Press(chat, TelegramBench.Ada, 1, "!t");
        await Until.TrueAsync(() => bench.Accepted.Count == 1);
        var begun = Stopwatch.GetTimestamp();
        await bench.StopAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
