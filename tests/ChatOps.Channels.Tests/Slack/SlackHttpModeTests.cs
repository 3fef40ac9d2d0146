using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Channels.Slack;
using ChatOps.Channels.Slack.Http;
using ChatOps.Testing;
using ChatOps.Testing.Slack;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>Signed calls: Events API, slash commands, interactivity.</summary>
public sealed class SlackHttpModeTests
{
    private readonly FakeTimeProvider time = new();

    private Task<SlackHarness> StartAsync() => SlackHarness.StartAsync(options => options.Mode = SlackMode.Http, time: time);

    private SlackSigner Signer(SlackHarness slack) => new(slack.Server.SigningSecret, time);

    private static Task<WebhookAnswer> CallAsync(SlackHarness slack, string path, WebhookRequest request) => slack.Webhooks["slack/" + path].ReceiveAsync(request, CancellationToken.None);

    private static WebhookRequest With(WebhookRequest request, string header, string? value)
    {
        var headers = new Dictionary<string, string>(request.Headers, StringComparer.OrdinalIgnoreCase);
        if (value is null) headers.Remove(header);
        else headers[header] = value;
        return request with { Headers = headers };
    }

    [Fact]
    public void The_signature_is_the_one_of_slacks_documentation()
    {
        const string Body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        Assert.Equal("a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
            Convert.ToHexStringLower(SlackSignature.Sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", Encoding.UTF8.GetBytes(Body))));
    }

    [Fact]
    public async Task The_address_is_verified_and_only_with_a_signature()
    {
        await using var slack = await StartAsync();
        var question = new JsonObject { ["type"] = "url_verification", ["token"] = "deprecated", ["challenge"] = "3eZbrw1aB" };
        var answer = await CallAsync(slack, "events", Signer(slack).Event(question));
        Assert.Equal((200, "text/plain", "3eZbrw1aB"), (answer.Status, answer.ContentType, Encoding.UTF8.GetString(answer.Body.Span)));
        Assert.Equal(401, (await CallAsync(slack, "events", With(Signer(slack).Event(question), "X-Slack-Signature", null))).Status);
    }

    [Fact]
    public async Task Events_commands_and_interactions_reach_the_inbox()
    {
        await using var slack = await StartAsync();
        Assert.Equal(200, (await CallAsync(slack, "events", Signer(slack).Event(SlackSaid.Direct("/status ä&amp;b", "1700000001.000100")))).Status);
        Assert.Equal(200, (await CallAsync(slack, "commands", Signer(slack).Command(SlackSaid.Command("run echo a+b %20 ü", "13.1.abc")))).Status);
        var button = new JsonObject { ["action_id"] = "chatops_press.0", ["value"] = "tok1", ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = "Go" } };
        var post = new SlackPost { Ts = "1700000009.000100", Channel = "C1" };
        Assert.Equal(200, (await CallAsync(slack, "interactions", Signer(slack).Interaction(SlackSaid.Press(button, post, "U1", "1.2.3")))).Status);
        Assert.Equal(["/status ä&b", "/run echo a+b %20 ü", "tok1"], slack.Inbox.Accepted.Select(m => m.Text));
    }

    [Theory]
    [InlineData("X-Slack-Signature", null)]
    [InlineData("X-Slack-Signature", "")]
    [InlineData("X-Slack-Signature", "v0=00")]
    [InlineData("X-Slack-Signature", "v0=zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("X-Slack-Signature", "v1=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("X-Slack-Signature", "v0=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("X-Slack-Request-Timestamp", null)]
    [InlineData("X-Slack-Request-Timestamp", "")]
    [InlineData("X-Slack-Request-Timestamp", "now")]
    [InlineData("X-Slack-Request-Timestamp", "-1")]
    [InlineData("X-Slack-Request-Timestamp", "+1772442000")]
    [InlineData("X-Slack-Request-Timestamp", "1772442000.5")]
    [InlineData("X-Slack-Request-Timestamp", "٣٤")]
    [InlineData("X-Slack-Request-Timestamp", "99999999999999999999999999")]
    [InlineData("X-Slack-Request-Timestamp", "0")]
    public async Task Headers_that_slack_did_not_make_are_refused_and_nothing_is_stored(string header, string? value)
    {
        await using var slack = await StartAsync();
        foreach (var path in new[] { "events", "commands", "interactions" })
            Assert.Equal(401, (await CallAsync(slack, path, With(Signer(slack).Event(SlackSaid.Direct("/run reboot", "1700000001.000100")), header, value))).Status);
        Assert.Equal(0, slack.Inbox.Asked);
    }

    [Fact]
    public async Task A_changed_body_another_secret_and_a_huge_signature_are_refused()
    {
        await using var slack = await StartAsync();
        var request = Signer(slack).Event(SlackSaid.Direct("/status", "1700000001.000100"));
        var changed = request.Body.ToArray();
        changed[^2] ^= 1;
        Assert.Equal(401, (await CallAsync(slack, "events", request with { Body = changed })).Status);
        Assert.Equal(401, (await CallAsync(slack, "events", new SlackSigner("another", time).Event(SlackSaid.Direct("/status", "1700000001.000100")))).Status);
        Assert.Equal(401, (await CallAsync(slack, "events", With(request, "X-Slack-Signature", "v0=" + new string('a', 100_000)))).Status);
        Assert.Equal(405, (await CallAsync(slack, "events", request with { Method = "GET" })).Status);
        Assert.Equal(0, slack.Inbox.Asked);
    }

    [Theory]
    [InlineData(299, 200)]
    [InlineData(300, 200)]
    [InlineData(301, 401)]
    [InlineData(-300, 200)]
    [InlineData(-301, 401)]
    public async Task A_call_is_good_for_five_minutes_either_way(int age, int status)
    {
        await using var slack = await StartAsync();
        var request = Signer(slack).Sign(SlackSaid.Direct("/status", "1700000001.000100").ToJsonString(), "application/json", TimeSpan.FromSeconds(age));
        Assert.Equal(status, (await CallAsync(slack, "events", request)).Status);
    }

    [Fact]
    public async Task A_replay_within_the_window_is_refused()
    {
        await using var slack = await StartAsync();
        var request = Signer(slack).Command(SlackSaid.Command("status", "13.1.abc"));
        Assert.Equal(200, (await CallAsync(slack, "commands", request)).Status);
        Assert.Equal(401, (await CallAsync(slack, "commands", request)).Status);
        Assert.Equal(1, slack.Inbox.Asked);
    }

    [Fact]
    public async Task Slacks_own_retries_are_answered_and_accepted_once_and_so_is_one_that_comes_first()
    {
        await using var slack = await StartAsync();
        var body = SlackSaid.Direct("/status", "1700000001.000100").ToJsonString();
        for (var retry = 1; retry <= 3; retry++)
        {
            Assert.Equal(200, (await CallAsync(slack, "events", Signer(slack).Sign(body, "application/json", retry: retry))).Status);
            time.Advance(TimeSpan.FromMinutes(6));
        }

        Assert.Single(slack.Inbox.Accepted);
    }

    [Fact]
    public async Task What_the_store_cannot_take_is_503_and_taken_when_it_comes_again_even_in_the_same_second()
    {
        await using var slack = await StartAsync();
        slack.Inbox.Away = "The disk is full.";
        var request = Signer(slack).Event(SlackSaid.Direct("/status", "1700000001.000100"));
        Assert.Equal(503, (await CallAsync(slack, "events", request)).Status);
        slack.Inbox.Away = null;
        Assert.Equal(200, (await CallAsync(slack, "events", request)).Status);
        Assert.Single(slack.Inbox.Accepted);
    }

    [Fact]
    public async Task Two_secrets_are_good_while_they_are_rotated_and_then_one()
    {
        await using var slack = await StartAsync();
        slack.Secrets["${env:SIGNING}"] = $"{slack.Server.SigningSecret}, fresh";
        Assert.Equal(200, (await CallAsync(slack, "events", Signer(slack).Event(SlackSaid.Direct("/a", "1700000001.000100")))).Status);
        Assert.Equal(200, (await CallAsync(slack, "events", new SlackSigner("fresh", time).Event(SlackSaid.Direct("/b", "1700000002.000100")))).Status);
        slack.Secrets["${env:SIGNING}"] = "fresh";
        Assert.Equal(401, (await CallAsync(slack, "events", Signer(slack).Event(SlackSaid.Direct("/c", "1700000003.000100")))).Status);
        Assert.Equal(["/a", "/b"], slack.Inbox.Accepted.Select(m => m.Text));
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_answer_to_a_command()
    {
        await using var slack = await StartAsync();
        var answer = await CallAsync(slack, "commands", Signer(slack).Command(SlackSaid.Command(new string('x', 70_000), "13.1.abc")));
        var told = JsonNode.Parse(answer.Body.Span)!;
        Assert.Equal((200, "application/json", "ephemeral"), (answer.Status, answer.ContentType, told["response_type"]!.GetValue<string>()));
        Assert.Contains("too long", told["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_signed_body_that_cannot_be_read_is_400(string body)
    {
        await using var slack = await StartAsync();
        Assert.Equal(400, (await CallAsync(slack, "events", Signer(slack).Sign(body, "application/json"))).Status);
        Assert.Equal(400, (await CallAsync(slack, "interactions", Signer(slack).Sign("payload=" + body, "application/x-www-form-urlencoded"))).Status);
    }

    [Fact]
    public async Task Before_it_runs_and_after_it_stopped_nothing_is_taken()
    {
        await using var slack = await SlackHarness.CreateAsync(options => options.Mode = SlackMode.Http, time: time);
        Assert.Equal(503, (await CallAsync(slack, "events", Signer(slack).Event(SlackSaid.Direct("/a", "1700000001.000100")))).Status);
        slack.Begin();
        await slack.ConnectedAsync();
        Assert.Equal(200, (await CallAsync(slack, "events", Signer(slack).Event(SlackSaid.Direct("/b", "1700000002.000100")))).Status);
        await slack.StopAsync();
        Assert.Equal(503, (await CallAsync(slack, "events", Signer(slack).Event(SlackSaid.Direct("/c", "1700000003.000100")))).Status);
        Assert.Equal("/b", Assert.Single(slack.Inbox.Accepted).Text);
        Assert.Equal(0, slack.Server.Sockets.Opened);
    }
}
