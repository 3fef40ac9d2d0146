using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Slack;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>No token, ticket, secret or response address in any log line, exception, reason or health report, at any level and whatever goes wrong.</summary>
public sealed class SlackTokenTests
{
    [Fact]
    public async Task Nothing_that_anybody_can_read_holds_a_secret()
    {
        await using var slack = await SlackHarness.StartAsync();
        var said = new List<string>();
        var message = Some.Outbound(new ConversationKey("slack", "C1"), new RichMessage([new TextBlock("hello"), new FileBlock("a.txt", "inv", 3)]));
        slack.Files.Kept["inv"] = [1, 2, 3];
        slack.Server.Workspace.Files["F1"] = new SlackStoredFile("clip", 1, "audio/mp4") { Content = [1] };
        foreach (var method in new[] { "chat.postMessage", "files.getUploadURLExternal", "upload", "files.completeUploadExternal" })
        {
            foreach (var fault in new[] { SlackFault.Dropped(), SlackFault.LostAnswer(), SlackFault.Http(500), SlackFault.Garbage("{"), SlackFault.Refused("invalid_auth"), SlackFault.Refused("<script>"), SlackFault.Http(302) })
            {
                slack.Server.Script(method, fault);
                said.Add((await slack.SendAsync(message)).ToString());
            }
        }

        foreach (var fault in new[] { SlackFault.Dropped(), SlackFault.Http(500) })
        {
            slack.Server.Script("download", fault);
            using var into = new MemoryStream();
            said.Add((await slack.Channel.FetchFileAsync(new InboundFile(InboundFileKind.Voice, "F1", "clip"), into, 100, CancellationToken.None)).ToString());
        }

        var response = slack.Server.NewResponseAddress("C9", "U1");
        await slack.Server.Sockets.DeliverAsync("slash_commands", SlackSaid.Command("status", "13.1.abc", "C9", response: response));
        slack.Server.Script("response_url", SlackFault.Http(500));
        var inbox = await slack.Inbox.AcceptAsync(slack.Inbox.Accepted[0], CancellationToken.None);
        said.Add((await slack.SendAsync(Some.Outbound(new("slack", "C9"), RichMessage.Text("x")) with { InboxId = inbox.InboxId })).ToString());
        slack.Server.Script("apps.connections.open", SlackFault.Http(500), SlackFault.Garbage("{\"ok\":true,\"url\":\"wss://evil.example/link?ticket=loot\"}"), SlackFault.Garbage("{\"ok\":true,\"url\":\"ws://127.0.0.1:1/link?ticket=loot\"}"));
        slack.Server.Sockets.Cut();
        await Until.TrueAsync(() => slack.Server.Sockets.Opened == 2);
        slack.Secrets["${env:BOT}"] = "xoxb-with\r\nX-Header: injected";
        said.Add((await slack.SendAsync(message)).ToString());
        said.Add(slack.Channel.Health!.ToString() + string.Join(' ', slack.Channel.Health.Facts));
        await slack.StopAsync();
        said.AddRange(slack.Logs.All);

        Assert.True(slack.Logs.All.Count > 3);
        foreach (var secret in new[] { slack.Server.BotToken, slack.Server.AppToken, slack.Server.SigningSecret, "loopbackbot", "loopbackapp", "ticket-", "loot", response, "xoxb-", "xapp-", "injected" })
            Assert.DoesNotContain(said, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_cannot_be_resolved_ends_the_channel_with_its_name_and_not_its_value()
    {
        await using var slack = await SlackHarness.CreateAsync(options => options.BotToken = "${env:NOWHERE}");
        slack.Begin();
        var fatal = await Assert.ThrowsAsync<ChannelFatalException>(() => slack.Running.WaitAsync(Until.Limit));
        Assert.Contains("BotToken", fatal.Message, StringComparison.Ordinal);
    }
}
