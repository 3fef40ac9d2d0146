using ChatOps.Channels.Slack.Client;
using ChatOps.Diagnostics;
using ChatOps.Testing;
using ChatOps.Testing.Slack;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>The life of sockets: hand-over, limits, fatal reasons, dead lines.</summary>
public sealed class SlackSocketTests
{
    private static int counter;

    private static string Ts() => $"1700001{Interlocked.Increment(ref counter):000}.000100";

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    public async Task When_slack_wants_a_fresh_socket_it_is_open_before_the_old_one_is_dropped_and_both_are_read(string reason)
    {
        await using var slack = await SlackHarness.StartAsync();
        var old = slack.Server.Sockets.Open[0];
        await slack.Server.Sockets.DisconnectAsync(reason, TimeSpan.FromSeconds(20));
        await Until.TrueAsync(() => slack.Server.Sockets.Open.Count == 2);
        var fresh = slack.Server.Sockets.Open[1];
        var both = await Task.WhenAll(
            slack.Server.Sockets.DeliverAsync("events_api", SlackSaid.Direct("/old", Ts()), old),
            slack.Server.Sockets.DeliverAsync("events_api", SlackSaid.Direct("/new", Ts()), fresh));
        Assert.All(both, ack => Assert.True(ack is { Acknowledged: true, Attempts: 1 }));
        await Until.TrueAsync(() => slack.Server.Sockets.Open.Count == 1);
        Assert.Same(fresh, slack.Server.Sockets.Open[0]);
        Assert.True((await slack.HearAsync(SlackSaid.Direct("/after", Ts()))).Acknowledged);
        Assert.Equal(["/after", "/new", "/old"], slack.Inbox.Accepted.Select(m => m.Text).Order());
        Assert.Empty(slack.Server.Violations);
        Assert.Equal(PartState.Ok, slack.Channel.Health!.State);
    }

    [Fact]
    public async Task A_stream_of_events_loses_nothing_over_five_refreshes()
    {
        await using var slack = await SlackHarness.StartAsync(timings: SlackHarness.Quick with { Drain = TimeSpan.FromMilliseconds(500) });
        var events = Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++) Assert.True((await slack.HearAsync(SlackSaid.Direct($"/e{i}", Ts()))).Acknowledged);
        });
        for (var i = 0; i < 5; i++)
        {
            var opened = slack.Server.Sockets.Opened;
            await slack.Server.Sockets.DisconnectAsync("refresh_requested", TimeSpan.FromMilliseconds(300));
            await Until.TrueAsync(() => slack.Server.Sockets.Opened > opened);
        }

        await events;
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"/e{i}"), slack.Inbox.Accepted.Select(m => m.Text));
        Assert.True(slack.Server.Sockets.Most <= SlackSockets.MaxSockets);
    }

    [Fact]
    public async Task A_cut_connection_is_replaced_by_one_with_a_fresh_ticket()
    {
        await using var slack = await SlackHarness.StartAsync();
        slack.Server.Sockets.Cut();
        await Until.TrueAsync(() => slack.Server.Sockets.Opened == 2);
        Assert.True((await slack.HearAsync(SlackSaid.Direct("/status", Ts()))).Acknowledged);
        Assert.Equal(2, slack.Server.CallsOf("apps.connections.open").Count);
        Assert.Empty(slack.Server.Violations);
    }

    [Fact]
    public async Task A_half_open_connection_is_noticed_by_its_missing_pong()
    {
        await using var slack = await SlackHarness.StartAsync(timings: SlackHarness.Quick with { Ping = TimeSpan.FromMilliseconds(200), Pong = TimeSpan.FromMilliseconds(300) });
        slack.Server.Sockets.Open[0].Freeze();
        await Until.TrueAsync(() => slack.Server.Sockets.Opened >= 2);
        await Until.TrueAsync(() => slack.Channel.Health!.State == PartState.Ok);
    }

    [Fact]
    public async Task A_socket_that_never_says_hello_is_given_up()
    {
        await using var slack = await SlackHarness.CreateAsync(timings: SlackHarness.Quick with { Hello = TimeSpan.FromMilliseconds(200) }, prepare: server => server.Sockets.Mute = true);
        slack.Begin();
        await Until.TrueAsync(() => slack.Server.Sockets.Opened >= 2);
        slack.Server.Sockets.Mute = false;
        await Until.TrueAsync(() => slack.Channel.Health!.State == PartState.Ok);
    }

    [Fact]
    public async Task Too_many_sockets_back_off_and_the_others_go_on()
    {
        await using var slack = await SlackHarness.CreateAsync(prepare: server => server.Sockets.Others = SlackSockets.MaxSockets);
        slack.Begin();
        await Until.TrueAsync(() => slack.Server.Sockets.Opened >= 2);
        var calls = slack.Server.CallsOf("apps.connections.open");
        Assert.True(calls[1].At - calls[0].At >= SlackHarness.Quick.TooMany, "It came back at once.");
        slack.Server.Sockets.Others = 0;
        await Until.TrueAsync(() => slack.Channel.Health!.State == PartState.Ok);
    }

    [Fact]
    public async Task Connections_that_nobody_expects_raise_an_alarm()
    {
        await using var slack = await SlackHarness.CreateAsync(prepare: server => server.Sockets.Others = 1);
        slack.Begin();
        await Until.TrueAsync(() => slack.Channel.Health!.State == PartState.Degraded);
        Assert.Contains("2 connections", slack.Channel.Health!.Summary, StringComparison.Ordinal);
        Assert.Contains("revoke", slack.Channel.Health!.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_that_are_configured_raise_none()
    {
        await using var slack = await SlackHarness.StartAsync(options => options.OtherConnections = 1, prepare: server => server.Sockets.Others = 1);
        Assert.Equal(PartState.Ok, slack.Channel.Health!.State);
    }

    [Fact]
    public async Task A_disabled_link_ends_the_channel_with_what_to_do()
    {
        await using var slack = await SlackHarness.StartAsync();
        await slack.Server.Sockets.DisconnectAsync("link_disabled", TimeSpan.FromMilliseconds(100));
        var error = await Assert.ThrowsAsync<ChannelFatalException>(() => slack.Running.WaitAsync(Until.Limit));
        Assert.Contains("link_disabled", error.Reason, StringComparison.Ordinal);
        Assert.Contains("Turn it on", error.Remedy, StringComparison.Ordinal);
        Assert.Contains(error.Secrets, s => s.Name == "Channels:Slack:AppToken");
        Assert.Equal(PartState.Failed, slack.Channel.Health!.State);
    }

    [Theory]
    [InlineData("invalid_auth")]
    [InlineData("token_revoked")]
    [InlineData("not_allowed_token_type")]
    [InlineData("missing_scope")]
    public async Task An_app_token_that_slack_does_not_take_ends_the_channel_at_once(string error)
    {
        await using var slack = await SlackHarness.CreateAsync(prepare: server => server.Script("apps.connections.open", SlackFault.Refused(error)));
        slack.Begin();
        var fatal = await Assert.ThrowsAsync<ChannelFatalException>(() => slack.Running.WaitAsync(Until.Limit));
        Assert.Contains("AppToken", fatal.Message, StringComparison.Ordinal);
        Assert.Single(slack.Server.CallsOf("apps.connections.open"));
    }

    [Theory]
    [InlineData("invalid_auth")]
    [InlineData("account_inactive")]
    public async Task A_bot_token_that_slack_does_not_take_ends_the_channel_at_once(string error)
    {
        await using var slack = await SlackHarness.CreateAsync(prepare: server => server.Script("auth.test", SlackFault.Refused(error)));
        slack.Begin();
        var fatal = await Assert.ThrowsAsync<ChannelFatalException>(() => slack.Running.WaitAsync(Until.Limit));
        Assert.Equal("Channels:Slack:BotToken", Assert.Single(fatal.Secrets).Name);
    }

    [Fact]
    public async Task What_slack_cannot_answer_now_is_asked_again()
    {
        await using var slack = await SlackHarness.CreateAsync(prepare: server =>
        {
            server.Script("auth.test", SlackFault.Http(500), SlackFault.Dropped());
            server.Script("apps.connections.open", SlackFault.Http(502), SlackFault.Garbage("<html>"), SlackFault.Limited("1"), SlackFault.Refused("internal_error"));
        });
        slack.Begin();
        await Until.TrueAsync(() => slack.Channel.Health!.State == PartState.Ok);
        Assert.Empty(slack.Server.Violations);
    }

    [Fact]
    public async Task A_commit_that_takes_longer_than_slack_waits_is_not_acknowledged_late()
    {
        // This Slack waits a second longer than it says, so that the channel has given up surely when the event comes again.
        await using var slack = await SlackHarness.StartAsync(prepare: server => server.Sockets.AckLimit = TimeSpan.FromSeconds(4));
        var commit = new TaskCompletionSource();
        slack.Inbox.Commit = commit.Task;
        var answer = slack.HearAsync(SlackSaid.Direct("/status", Ts()));
        await Until.TrueAsync(() => slack.Server.Sockets.Delivered == 2);
        commit.SetResult();
        var ack = await answer;
        Assert.True(ack is { Acknowledged: true, Attempts: 2 });
        Assert.Single(slack.Inbox.Accepted);
        Assert.Empty(slack.Server.Violations);
        Assert.Equal("1", slack.Channel.Health!.Facts["late"]);
    }

    [Fact]
    public async Task A_rotated_app_token_is_used_for_the_next_socket()
    {
        await using var slack = await SlackHarness.StartAsync();
        slack.Server.AppToken = "xapp-1-A0APP-4444-rotated";
        slack.Secrets["${env:APP}"] = slack.Server.AppToken;
        slack.Server.Sockets.Cut();
        await Until.TrueAsync(() => slack.Server.Sockets.Opened == 2);
        Assert.True((await slack.HearAsync(SlackSaid.Direct("/status", Ts()))).Acknowledged);
    }

    [Fact]
    public async Task Stopping_closes_every_socket_soon_and_takes_nothing_more()
    {
        await using var slack = await SlackHarness.StartAsync();
        await slack.Server.Sockets.DisconnectAsync("warning", TimeSpan.FromSeconds(20));
        await Until.TrueAsync(() => slack.Server.Sockets.Open.Count == 2);
        await slack.StopAsync();
        Assert.True(slack.Running.IsCanceled);
        await Until.TrueAsync(() => slack.Server.Sockets.Open.Count == 0);
    }

    [Fact]
    public void The_limits_of_a_socket_notice_a_dead_line_within_half_a_minute() =>
        Assert.True(new SocketTimings() is var t && t.Ping + t.Pong <= TimeSpan.FromSeconds(30) && t.Drain >= TimeSpan.FromSeconds(10));
}
