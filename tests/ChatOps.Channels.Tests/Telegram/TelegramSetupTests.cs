using ChatOps.Channels.Telegram;
using ChatOps.Diagnostics;
using ChatOps.Testing.Telegram;

namespace ChatOps.Channels.Tests.Telegram;

public sealed class TelegramSetupTests
{
    private static readonly TelegramSetup Setup = new(new OpenEgress(), TimeProvider.System);

    [Fact]
    public async Task A_good_token_is_told_by_the_bots_name_and_its_privacy()
    {
        await using var server = await TelegramServer.StartAsync();
        var findings = await CheckAsync(server);
        Assert.Equal(["telegram.bot", "telegram.privacy-on"], findings.Select(f => f.Id));
        Assert.Contains("@ops_test_bot", findings[0].Text, StringComparison.Ordinal);
        server.Privacy = false;
        Assert.Contains(await CheckAsync(server), f => f.Id == "telegram.privacy-off" && f.Remedy.Contains("/setprivacy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_is_not_known_is_told_with_where_to_get_one()
    {
        await using var server = await TelegramServer.StartAsync();
        var finding = Assert.Single(await CheckAsync(server, token: "1:wrong-token-0123456789"));
        Assert.Equal(("telegram.token-refused", PartState.Failed), (finding.Id, finding.State));
        Assert.Equal("telegram.token-form", Assert.Single(await CheckAsync(server, token: "not a token")).Id);
        Assert.Equal("telegram.unreachable", Assert.Single(await Setup.CheckAsync(new Dictionary<string, string> { ["Token"] = server.Token, ["ApiBase"] = "http://127.0.0.1:9" }, CancellationToken.None)).Id);
        Assert.Equal("telegram.api-base", Assert.Single(await Setup.CheckAsync(new Dictionary<string, string> { ["Token"] = server.Token, ["ApiBase"] = "nonsense" }, CancellationToken.None)).Id);
    }

    [Fact]
    public async Task A_webhook_that_is_in_the_way_of_polling_is_told_without_its_secret_path()
    {
        await using var server = await TelegramServer.StartAsync();
        server.SetForeignWebhook("https://elsewhere.example/webhooks/telegram/secret-path");
        var finding = Assert.Single(await CheckAsync(server), f => f.Id == "telegram.webhook-set");
        Assert.Contains("elsewhere.example", finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(await CheckAsync(server, mode: "Webhook"), f => f.Id == "telegram.webhook-set");
    }

    [Theory]
    [InlineData("123456789:AAEabcdefghijklmnopqrstuvwxyz0123456", true)]
    [InlineData(" 123456789:AAEabcdefghijklmnopqrstuvwxyz0123456 ", true)]
    [InlineData("AAEabcdefghijklmnopqrstuvwxyz0123456", false)]
    [InlineData("123:short", false)]
    [InlineData("123456789:AAE/../getMe?x=0123456789", false)]
    public void The_form_of_a_token_is_checked_while_it_is_typed(string typed, bool good) => Assert.Equal(good, Setup.Fields[0].Problem(typed) is null);

    [Theory]
    [InlineData("Token")]
    [InlineData("WebhookSecret")]
    [InlineData("PublicUrl")]
    [InlineData("ApiBase")]
    [InlineData("LocalFiles")]
    public void What_is_missing_or_wrong_in_the_options_is_named(string key)
    {
        var options = new TelegramOptions { Enabled = true, Token = "t", Mode = TelegramMode.Webhook, WebhookSecret = "s", PublicUrl = new Uri("https://ops.example") };
        if (key == "Token") options.Token = "";
        if (key == "WebhookSecret") options.WebhookSecret = "";
        if (key == "PublicUrl") options.PublicUrl = null;
        if (key == "ApiBase") options.ApiBase = new Uri("ftp://x");
        if (key == "LocalFiles") options.LocalFiles = "relative";
        Assert.Contains(key, Assert.Throws<ArgumentException>(options.Check).Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<ChannelFinding>> CheckAsync(TelegramServer server, string? token = null, string? mode = null)
    {
        var values = new Dictionary<string, string> { ["Token"] = token ?? server.Token, ["ApiBase"] = server.ApiBase.AbsoluteUri };
        if (mode is not null) values["Mode"] = mode;
        return Setup.CheckAsync(values, CancellationToken.None);
    }
}
