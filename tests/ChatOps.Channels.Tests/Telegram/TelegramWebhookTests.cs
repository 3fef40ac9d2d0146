using System.Text;
using ChatOps.Channels.Telegram;
using ChatOps.Diagnostics;
using ChatOps.Testing;
using ChatOps.Testing.Telegram;

namespace ChatOps.Channels.Tests.Telegram;

public sealed class TelegramWebhookTests : IAsyncLifetime
{
    private TelegramBench bench = null!;
    private WebhookHost host = null!;

    private TelegramServer Server => bench.Server;

    public async ValueTask InitializeAsync()
    {
        host = await WebhookHost.StartAsync(() => bench.Webhook);
        bench = await TelegramBench.StartAsync(change: Webhook);
        Server.DeliverToWebhook();
    }

    public async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Telegram_is_told_where_to_call_and_what_it_delivers_comes_in()
    {
        Assert.StartsWith($"{host.PublicUrl}webhooks/telegram/", Server.WebhookUrl, StringComparison.Ordinal);
        Assert.Matches("/telegram/[0-9a-f]{32}$", Server.WebhookUrl);
        Assert.Equal(["message", "callback_query"], Server.CallsOf("setWebhook")[0].Parameters["allowed_updates"]!.AsArray().Select(n => n!.GetValue<string>()));
        var update = Server.Say(Server.Direct(TelegramBench.Ada), TelegramBench.Ada, "/status");
        await Until.TrueAsync(() => Server.IsConfirmed(update));
        Assert.Equal("/status", Assert.Single(bench.Accepted).Text);
        Assert.Equal(0, Server.Polls);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_not_acknowledged_and_comes_again()
    {
        bench.Inbox!.Away = "The disk is full.";
        var update = Server.Say(Server.Direct(TelegramBench.Ada), TelegramBench.Ada, "/one");
        var next = Server.Say(Server.Direct(TelegramBench.Ada), TelegramBench.Ada, "/two");
        await Until.TrueAsync(() => Server.Deliveries.Count(d => d.Status == 503) >= 2);
        Assert.Equal(PartState.Degraded, bench.Channel.Health!.State);
        Assert.False(Server.IsConfirmed(update));
        bench.Inbox.Away = null;
        await Until.TrueAsync(() => Server.IsConfirmed(next));
        Assert.Equal(["/one", "/two"], bench.Accepted.Select(m => m.Text));
        Assert.Equal(PartState.Ok, bench.Channel.Health!.State);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("webhook-secret-0123456789_abcdeg")]
    [InlineData("webhook-secret-0123456789_abcdef ")]
    [InlineData("ä")]
    public async Task A_call_without_the_secret_is_refused_and_its_body_is_not_read(string? secret)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (secret is not null) headers["X-Telegram-Bot-Api-Secret-Token"] = secret;
        foreach (var body in new[] { """{"update_id":1,"message":{"message_id":1,"date":1,"text":"/halt","from":{"id":101,"is_bot":false,"first_name":"A"},"chat":{"id":101,"type":"private"}}}""", "junk" })
            Assert.Equal(401, (await bench.Webhook.ReceiveAsync(new WebhookRequest("POST", headers, Encoding.UTF8.GetBytes(body)), CancellationToken.None)).Status);
        headers["X-Telegram-Bot-Api-Secret-Token"] = new string('x', 100_000);
        Assert.Equal(401, (await bench.Webhook.ReceiveAsync(new WebhookRequest("POST", headers, default), CancellationToken.None)).Status);
        Assert.Empty(bench.Accepted);
    }

    [Theory]
    [InlineData("POST", "junk", 400)]
    [InlineData("POST", "", 400)]
    [InlineData("POST", "{}", 400)]
    [InlineData("POST", """{"update_id":1}""", 200)]
    [InlineData("POST", """{"update_id":1,"message":5}""", 200)]
    [InlineData("GET", "", 405)]
    public async Task A_call_with_the_secret_and_without_sense_is_answered_and_does_nothing(string method, string body, int status)
    {
        Assert.Equal(status, (await CallAsync(method, body, bench.Secrets.Webhook)).Status);
        Assert.Empty(bench.Accepted);
    }

    [Fact]
    public async Task The_same_update_delivered_many_times_at_once_is_accepted_once()
    {
        var body = """{"update_id":1,"message":{"message_id":1,"date":1,"text":"/nodes","from":{"id":101,"is_bot":false,"first_name":"A"},"chat":{"id":101,"type":"private"}}}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CallAsync("POST", body, bench.Secrets.Webhook)));
        Assert.All(answers, a => Assert.Equal(200, a.Status));
        Assert.Single(bench.Accepted);
    }

    [Fact]
    public async Task A_rotated_secret_is_taken_into_use_without_losing_an_update()
    {
        var old = bench.Secrets.Webhook;
        var url = Server.WebhookUrl;
        bench.Secrets.Webhook = "rotated-secret-0123456789_abcdef";
        await Until.TrueAsync(() => Server.CallsOf("setWebhook").Count == 2);
        var update = Server.Say(Server.Direct(TelegramBench.Ada), TelegramBench.Ada, "/status");
        await Until.TrueAsync(() => Server.IsConfirmed(update));
        Assert.Equal(url, Server.WebhookUrl);
        await Until.TrueAsync(async () => (await CallAsync("POST", "{}", old)).Status == 401);
        Assert.Equal(400, (await CallAsync("POST", "{}", bench.Secrets.Webhook)).Status);
    }

    [Fact]
    public async Task After_the_mode_is_changed_to_polling_the_webhook_that_was_its_own_is_taken_down()
    {
        await bench.StopAsync();
        Assert.Equal(503, (await CallAsync("POST", "{}", bench.Secrets.Webhook)).Status);
        await using var polling = await TelegramBench.StartAsync(Server, state: bench.State);
        Assert.Equal("", Server.WebhookUrl);
        var update = Server.Say(Server.Direct(TelegramBench.Ada), TelegramBench.Ada, "/status");
        await Until.TrueAsync(() => Server.IsConfirmed(update));
        Assert.Single(polling.Accepted);
    }

    [Theory]
    [InlineData("sh0rt")]
    [InlineData("has spaces in it and so on")]
    public async Task A_secret_that_Telegram_would_not_take_ends_the_channel_with_what_to_do(string secret)
    {
        await bench.StopAsync();
        bench.Secrets.Webhook = secret;
        await using var another = await TelegramBench.StartAsync(Server, Webhook, run: false, secrets: bench.Secrets);
        var error = await Assert.ThrowsAsync<ChannelFatalException>(() => another.RunAsync());
        Assert.Contains("openssl rand", error.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, error.Message, StringComparison.Ordinal);
    }

    private Task<WebhookAnswer> CallAsync(string method, string body, string secret) => bench.Webhook.ReceiveAsync(
        new WebhookRequest(method, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-Telegram-Bot-Api-Secret-Token"] = secret }, Encoding.UTF8.GetBytes(body)), CancellationToken.None);

    private void Webhook(TelegramOptions options)
    {
        options.Mode = TelegramMode.Webhook;
        options.PublicUrl = host.PublicUrl;
    }
}
