using ChatOps.Channels.Slack;
using ChatOps.Diagnostics;
using ChatOps.Host;
using ChatOps.Testing.Slack;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>What onboard asks and doctor finds.</summary>
public sealed class SlackSetupTests
{
    private static readonly SlackSetup Setup = new(new EgressGuard(new EgressOptions()), TimeProvider.System);

    private static Dictionary<string, string> Values(SlackServer server) => new() { ["BotToken"] = server.BotToken, ["AppToken"] = server.AppToken, ["ApiBase"] = server.ApiBase.AbsoluteUri };

    private static Task<IReadOnlyList<ChannelFinding>> CheckAsync(Dictionary<string, string> values) => Setup.CheckAsync(values, CancellationToken.None);

    [Fact]
    public async Task Good_values_say_who_the_bot_is_and_nothing_bad()
    {
        await using var server = await SlackServer.StartAsync();
        var findings = await CheckAsync(Values(server));
        Assert.Equal(["slack.account", "slack.socket"], findings.Select(f => f.Id));
        Assert.All(findings, f => Assert.Equal(PartState.Ok, f.State));
        Assert.Contains("T0TEAM", findings[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_scopes_are_named_with_what_they_are_for()
    {
        await using var server = await SlackServer.StartAsync();
        server.Scopes = ["chat:write", "app_mentions:read", "commands", "im:write", "users:read", "channels:read", "channels:history", "groups:history", "files:write"];
        var findings = (await CheckAsync(Values(server))).Where(f => f.State != PartState.Ok).ToList();
        Assert.Equal([("slack.scope-missing.im-history", PartState.Failed), ("slack.scope-missing.files-read", PartState.Degraded)], findings.Select(f => (f.Id, f.State)));
        Assert.All(findings, f => Assert.Contains("reinstall", f.Remedy, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("BotToken", "xoxb-wrong", "slack.bot-token")]
    [InlineData("AppToken", "xapp-wrong", "slack.app-token")]
    public async Task A_wrong_token_is_found_and_not_quoted(string key, string value, string id)
    {
        await using var server = await SlackServer.StartAsync();
        var values = Values(server);
        values[key] = value;
        var finding = Assert.Single(await CheckAsync(values), f => f.State == PartState.Failed);
        Assert.Equal(id, finding.Id);
        Assert.DoesNotContain("wrong", finding.Text + finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swapped_tokens_are_told_apart()
    {
        await using var server = await SlackServer.StartAsync();
        var values = Values(server);
        (values["BotToken"], values["AppToken"]) = (values["AppToken"], values["BotToken"]);
        var findings = await CheckAsync(values);
        Assert.All(findings, f => Assert.Contains("xoxb-", f.Remedy, StringComparison.Ordinal));
        Assert.Equal(["slack.bot-token", "slack.app-token"], findings.Select(f => f.Id));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable_and_missing_values_are_settings()
    {
        var server = await SlackServer.StartAsync();
        var values = Values(server);
        await server.DisposeAsync();
        Assert.All(await CheckAsync(values), f => Assert.Equal("slack.unreachable", f.Id));
        Assert.Equal("slack.settings", Assert.Single(await CheckAsync([])).Id);
        Assert.Equal("slack.settings", Assert.Single(await CheckAsync(new() { ["BotToken"] = "xoxb-1", ["Mode"] = "Http" })).Id);
    }

    [Fact]
    public async Task In_http_mode_no_socket_is_asked_for()
    {
        await using var server = await SlackServer.StartAsync();
        var values = Values(server);
        values.Remove("AppToken");
        values["SigningSecret"] = "8f742231";
        Assert.Equal("slack.account", Assert.Single(await CheckAsync(values)).Id);
        Assert.Empty(server.CallsOf("apps.connections.open"));
    }

    [Theory]
    [InlineData("BotToken", "xoxp-1", false)]
    [InlineData("BotToken", "xoxb-1", true)]
    [InlineData("AppToken", "xoxb-1", false)]
    [InlineData("AppToken", "", true)]
    [InlineData("SigningSecret", "8f742231b10e8888abcd99aaaaaa85a5", true)]
    [InlineData("SigningSecret", "xapp-1", false)]
    public void What_cannot_be_right_is_said_while_it_is_typed(string key, string typed, bool good)
    {
        var problem = Setup.Fields.Single(f => f.Key == key).Problem(typed);
        Assert.Equal(good, problem is null);
    }

    [Theory]
    [InlineData("", "xapp-1", "", SlackMode.Socket, "BotToken")]
    [InlineData("xoxb-1", "", "", SlackMode.Socket, "AppToken")]
    [InlineData("xoxb-1", "", "", SlackMode.Http, "SigningSecret")]
    public void Settings_that_cannot_work_are_refused_with_their_name(string bot, string app, string signing, SlackMode mode, string key)
    {
        var options = new SlackOptions { BotToken = bot, AppToken = app, SigningSecret = signing, Mode = mode };
        Assert.Contains("Channels:Slack:" + key, Assert.Throws<ArgumentException>(options.Check).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(new SlackOptions { BotToken = "xoxb-1", AppToken = "xapp-1", ApiBase = "slack.com" }.Check);
    }
}
