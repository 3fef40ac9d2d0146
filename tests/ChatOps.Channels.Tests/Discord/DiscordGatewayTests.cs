using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Channels.Discord;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Discord;
using static ChatOps.Testing.Discord.DiscordServer;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>The gateway's connection: heartbeats, resuming, fatal ends, budgets.</summary>
public sealed class DiscordGatewayTests
{
    [Fact]
    public async Task It_identifies_once_and_beats_first_at_a_moment_of_its_own()
    {
        await using var server = await StartAsync();
        server.HeartbeatInterval = 3000;
        await using var rig = await DiscordRig.StartAsync(server);
        await Until.TrueAsync(() => !server.FirstBeats.IsEmpty);
        Assert.True(server.FirstBeats.TryPeek(out var first) && first is >= 0 and < 1.3);
        await Until.TrueAsync(() => server.Beats >= 3);
        Assert.Equal((1, 1), (server.Identifies, server.Connections));
        Assert.Empty(server.GatewayFaults);
        Assert.Empty(server.WithoutAllowedMentions);
    }

    [Fact]
    public async Task It_says_who_it_is_before_it_beats_also_when_the_first_beat_is_due_at_once()
    {
        await using var server = await StartAsync();
        var world = new DiscordWorldServices(server);
        var events = new Listener();
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        using var stop = new CancellationTokenSource();
        var sessions = new GatewaySessionStore(world, TimeProvider.System);
        await using var socket = new GatewaySocket(http, TimeProvider.System);
        await socket.ConnectAsync(new Uri(server.GatewayAddress + "?v=10&encoding=json"), CancellationToken.None);
        var running = new GatewayConnection(socket, events, sessions, TimeProvider.System, jitter: 0).RunAsync(null, server.Token, "", GatewayIntents.DirectMessages, stop.Token);
        await Until.TrueAsync(() => events.IsConnected && server.Beats > 0);
        Assert.Empty(server.GatewayFaults);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_connection_that_is_not_answered_is_given_up_so_that_the_session_lives_and_what_was_missed_comes_once()
    {
        await using var server = await StartAsync();
        server.HeartbeatInterval = 250;
        await using var rig = await DiscordRig.StartAsync(server);
        var direct = server.DirectOf(Ada);
        server.Say(direct, Ada, "/one");
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 1);
        var current = server.Connections - 1;
        server.DropsAcks = true;
        server.HalfOpen = true;
        server.Say(direct, Ada, "/two");
        await Until.TrueAsync(() => server.HasEnded(current));

        // A code that was on its way when the line broke is not seen; none keeps the session, too.
        Assert.False(server.ClosedWith[current] is 1000 or 1001);
        (server.DropsAcks, server.HalfOpen) = (false, false);
        server.Say(direct, Ada, "/three");
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 3);
        Assert.Equal(["/one", "/two", "/three"], rig.Inbox.Accepted.Select(m => m.Text));
        Assert.Equal(1, server.Identifies);
        Assert.True(server.Resumes >= 1);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    public async Task Told_to_connect_again_it_resumes_and_loses_nothing(int op)
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        server.SendFrame(new JsonObject { ["op"] = op, ["d"] = op == 9 ? true : null });
        await Until.TrueAsync(() => server.HasEnded(0));
        server.Say(server.DirectOf(Ada), Ada, "/while away");
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 1);
        Assert.Equal((1, 1), (server.Identifies, server.Resumes));
    }

    [Fact]
    public async Task A_lost_session_is_replaced_by_a_new_one_after_a_pause()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        server.ForgetSessions();
        server.AbortAll();
        await Until.TrueAsync(() => server.Identifies == 2);
        await Until.TrueAsync(() => server.IsConnected);
        server.Say(server.DirectOf(Ada), Ada, "/again");
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 1);
    }

    [Theory]
    [InlineData(4004, "token")]
    [InlineData(4010, "shard")]
    [InlineData(4011, "servers")]
    [InlineData(4012, "version")]
    [InlineData(4013, "intent")]
    [InlineData(4014, "Message Content Intent")]
    public async Task A_fatal_close_is_said_clearly_and_not_tried_again(int code, string word)
    {
        await using var server = await StartAsync();
        server.CloseNext.Enqueue(code);
        await using var rig = DiscordRig.Of(server);
        rig.Run();
        var error = await Assert.ThrowsAsync<ChannelFatalException>(() => rig.Running.WaitAsync(Until.Limit));
        Assert.Contains(word, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(error.Secrets);
        Assert.Equal(1, server.Connections);
        Assert.Equal("no", rig.Channel.Health!.Facts["connected"]);
    }

    [Theory]
    [InlineData(4000)]
    [InlineData(4008)]
    public async Task A_close_that_leaves_the_session_is_resumed(int code)
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        server.CloseAll(code);
        await Until.TrueAsync(() => server.Resumes == 1);
        Assert.Equal(1, server.Identifies);
    }

    [Theory]
    [InlineData(4007)]
    [InlineData(4009)]
    public async Task A_close_that_ends_the_session_begins_a_new_one(int code)
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        server.CloseAll(code);
        await Until.TrueAsync(() => server.Identifies == 2);
        Assert.Equal(0, server.Resumes);
    }

    [Fact]
    public async Task The_session_and_the_budget_outlive_a_restart()
    {
        await using var server = await StartAsync();
        DiscordWorldServices world;
        await using (var first = await DiscordRig.StartAsync(server))
        {
            world = first.World;
            server.Say(server.DirectOf(Ada), Ada, "/one");
            await Until.TrueAsync(() => first.Inbox.Accepted.Count == 1);
        }

        server.Say(server.DirectOf(Ada), Ada, "/two");
        await using var second = await DiscordRig.StartAsync(server, world);
        await Until.TrueAsync(() => second.Inbox.Accepted.Count == 2);
        Assert.Equal((1, 1), (server.Identifies, server.Resumes));
        Assert.EndsWith(world.State["discord/identify"].Split(' ')[1], "1", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_that_is_used_up_is_waited_for_and_not_overrun()
    {
        await using var server = await StartAsync();
        server.StartsLeft = 3;
        await using var rig = DiscordRig.Of(server);
        rig.Run();
        await Until.TrueAsync(() => rig.Channel.Health!.Summary.Contains("too many sessions", StringComparison.Ordinal));
        Assert.Equal(0, server.Identifies);
    }

    [Fact]
    public async Task What_the_store_cannot_take_is_asked_for_again_and_comes_in_order()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        rig.Inbox.Away = "The disk is full.";
        var direct = server.DirectOf(Ada);
        for (var i = 0; i < 5; i++) server.Say(direct, Ada, $"/m{i}");
        var made = server.Use(direct, Ada, ["nodes"]);
        await Until.TrueAsync(() => server.Connections >= 2);
        Assert.Null(made.Answer);
        rig.Inbox.Away = null;
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 6);
        Assert.Equal(["/m0", "/m1", "/m2", "/m3", "/m4", "/nodes"], rig.Inbox.Accepted.Select(m => m.Text));
    }

    [Fact]
    public async Task A_state_that_cannot_be_written_costs_neither_the_connection_nor_a_message()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        rig.World.StateIsAway = true;
        server.Say(server.DirectOf(Ada), Ada, "/one");
        server.CloseAll(4000);
        server.Say(server.DirectOf(Ada), Ada, "/two");
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 2);
        Assert.Equal((1, 1), (server.Identifies, server.Resumes));
    }

    [Fact]
    public async Task Without_the_content_intent_it_does_not_ask_for_it_and_says_what_is_missing()
    {
        await using var server = await StartAsync();
        server.ApplicationFlags = 0;
        await using var rig = await DiscordRig.StartAsync(server);
        Assert.Contains("Message Content Intent", rig.Channel.Health!.Summary, StringComparison.Ordinal);
        server.Say(Ops, Ada, $"<@{BotUser}> /status");
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 1);
        Assert.Equal("/status", rig.Inbox.Accepted[0].Text);
    }

    [Fact]
    public async Task A_rotated_token_is_used_without_a_restart_and_a_refused_one_stops_everything()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        server.Token = rig.World.Token = "TheNewTokenOfTheBot.rotated.discord-secret-token-of-the-bot-0002";
        server.CloseAll(4004);
        var error = await Assert.ThrowsAsync<ChannelFatalException>(() => rig.Running.WaitAsync(Until.Limit));
        await Assert.Single(error.Secrets).ChangedAsync("the old one", CancellationToken.None);
        await using var again = await DiscordRig.StartAsync(server, rig.World);
        Assert.Equal(SendStatus.Sent, (await again.SendAsync(new ConversationKey("discord", server.DirectOf(Ada)), RichMessage.Text("new"))).Status);
        Assert.Equal(2, server.Identifies);
    }

    [Fact]
    public async Task Frames_that_are_none_do_no_harm()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        foreach (var text in new[] { "{}", "[]", "null", "{\"op\":99}", "{\"op\":0,\"t\":\"MESSAGE_CREATE\",\"s\":3,\"d\":{}}", "{\"op\":\"x\"", new string('[', 200) })
        {
            server.SendText(text);
        }

        server.Say(server.DirectOf(Ada), Ada, "/still here");
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 1);
    }

    private sealed class Listener : IGatewayEvents
    {
        public bool IsConnected { get; private set; }

        public Task<bool> TakeAsync(string name, JsonElement data, CancellationToken cancellationToken) => Task.FromResult(true);

        public void Connected(bool resumed) => IsConnected = true;

        public void Disconnected(string reason, TimeSpan pause) => IsConnected = false;
    }
}
