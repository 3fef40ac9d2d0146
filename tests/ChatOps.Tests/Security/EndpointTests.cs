using System.Text.RegularExpressions;
using ChatOps.Channels;
using ChatOps.Channels.Discord;
using ChatOps.Channels.Slack;
using ChatOps.Channels.Telegram;
using ChatOps.Host;
using ChatOps.Testing;
using ChatOps.Testing.Schemas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Security;

/// <summary>Every address of the gateway with everything on stands in docs/threat-model.md with who is let in; that the others refuse a nobody is tried in <c>HttpApiTests</c>.</summary>
public sealed partial class EndpointTests
{
    private const string Begin = "<!-- endpoints -->";
    private const string End = "<!-- end of endpoints -->";

    [Fact]
    public async Task Every_address_is_listed_with_who_is_let_in()
    {
        using var folder = new TempDirectory();
        var options = new ChatOpsOptions();
        options.Fleet.Relay.Enabled = true;
        options.Web.Enabled = true;
        await using var app = Build(folder, options);
        var routes = app.Services.GetServices<EndpointDataSource>().Concat(((IEndpointRouteBuilder)app).DataSources).SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();
        var real = routes.SelectMany(r => (r.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["any"]).DefaultIfEmpty("any").Select(m => $"{m} /{r.RoutePattern.RawText!.TrimStart('/')}")).Distinct().Order(StringComparer.Ordinal);

        var text = await TextAsync();
        var table = text[(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..text.IndexOf(End, StringComparison.Ordinal)];
        var rows = table.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('|')).ToList();

        Assert.Equal(real, rows.Select(r => r[1].Trim().Trim('`')).Order(StringComparer.Ordinal));
        Assert.All(rows, r => Assert.False(string.IsNullOrWhiteSpace(r[2]), $"{r[1]}: who?"));
    }

    [Fact]
    public async Task Every_address_that_a_platform_calls_is_listed_below_them()
    {
        using var folder = new TempDirectory();
        var options = new ChatOpsOptions();
        options.Gateway.PublicUrl = "https://ops.example";
        (options.Telegram.Enabled, options.Telegram.Mode, options.Telegram.Token, options.Telegram.WebhookSecret) = (true, TelegramMode.Webhook, "7000000001:token", "sixteen-and-more-letters");
        (options.Slack.Enabled, options.Slack.Mode, options.Slack.BotToken, options.Slack.SigningSecret) = (true, SlackMode.Http, "xoxb-token", "secret");
        (options.Discord.Enabled, options.Discord.Mode, options.Discord.Token, options.Discord.ApplicationId, options.Discord.PublicKey) = (true, DiscordMode.Http, "token", "900000000000000001", new string('a', 64));
        await using var app = Build(folder, options);
        var real = app.Services.GetServices<IWebhook>().Select(w => $"POST /webhooks/{Random().Replace(w.Path, "{random}")}").Order(StringComparer.Ordinal);

        var text = await TextAsync();
        var listed = Called().Matches(text[text.IndexOf(End, StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal);
        Assert.Equal(real, listed);
    }

    private static WebApplication Build(TempDirectory folder, ChatOpsOptions options)
    {
        options.Gateway.Urls = "http://127.0.0.1:0";
        Directory.CreateDirectory(folder["workspace"]);
        Directory.CreateDirectory(folder["data"]);
        return GatewayHost.Build(new GatewaySetup(GatewayMode.Gateway, options, new GatewayPlaces(null, folder["workspace"]), folder["data"]));
    }

    private static Task<string> TextAsync() => File.ReadAllTextAsync(RepositoryFiles.Of("docs/threat-model.md"), TestContext.Current.CancellationToken);

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Random();

    [GeneratedRegex("`(POST /webhooks/[^`]+)`")]
    private static partial Regex Called();
}
