using System.Net;
using ChatOps.Channels;
using ChatOps.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Host;

public sealed class WebhookTests : IAsyncLifetime
{
    private readonly RecordingWebhook webhook = new();
    private WebApplication app = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting().AddRequestTimeouts().AddAuthorization().AddSingleton<IWebhook>(webhook);
        app = builder.Build();
        app.UseRouting();
        app.UseRequestTimeouts();
        ChatOps.Host.Http.WebhookEndpoints.MapWebhooks(app);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_call_reaches_its_channel_as_raw_bytes_with_its_headers_and_gets_its_answer()
    {
        byte[] body = [0, 255, 13, 10, 32, 200];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/slack/events") { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-Slack-Signature", "v0=abc");
        webhook.Answer = new WebhookAnswer(200, "application/json", "{}"u8.ToArray());

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        var seen = Assert.Single(webhook.Seen);
        Assert.Equal(("POST", "v0=abc"), (seen.Method, seen.Headers["x-slack-signature"]));
        Assert.Equal(body, seen.Body.ToArray());
        Assert.Equal((HttpStatusCode.OK, "application/json", "{}"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("/webhooks/")]
    [InlineData("/webhooks/slack")]
    [InlineData("/webhooks/slack/events/x")]
    [InlineData("/webhooks/SLACK/events")]
    public async Task Another_path_is_nobodys(string path)
    {
        using var answer = await client.PostAsync(path, new StringContent("x"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(webhook.Seen);
    }

    [Theory]
    [InlineData(WebhookRequest.MaxBody, false, HttpStatusCode.OK)]
    [InlineData(WebhookRequest.MaxBody, true, HttpStatusCode.OK)]
    [InlineData(WebhookRequest.MaxBody + 1, false, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(WebhookRequest.MaxBody + 1, true, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_is_bounded_whether_its_length_is_told_or_not(int length, bool chunked, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/slack/events") { Content = new ByteArrayContent(new byte[length]) };
        request.Headers.TransferEncodingChunked = chunked;

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.OK) Assert.Equal(length, Assert.Single(webhook.Seen).Body.Length);
        else Assert.Empty(webhook.Seen);
    }

    [Fact]
    public async Task More_calls_than_can_be_answered_at_once_are_told_to_come_again_and_the_others_are_answered()
    {
        var release = new TaskCompletionSource();
        webhook.Until = release.Task;
        var waiting = Enumerable.Range(0, ChatOps.Host.Http.GatewayLimits.WebhooksAtOnce).Select(_ => client.PostAsync("/webhooks/slack/events", new StringContent("x"), TestContext.Current.CancellationToken)).ToList();
        await Until.TrueAsync(() => webhook.Seen.Count == waiting.Count);

        using var one = await client.PostAsync("/webhooks/slack/events", new StringContent("x"), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (one.StatusCode, one.Headers.RetryAfter?.ToString()));
        release.SetResult();
        Assert.All(await Task.WhenAll(waiting), a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
    }

    private sealed class RecordingWebhook : IWebhook
    {
        public string Path => "slack/events";

        public WebhookAnswer Answer { get; set; } = WebhookAnswer.Ok;

        public Task Until { get; set; } = Task.CompletedTask;

        public System.Collections.Concurrent.ConcurrentQueue<WebhookRequest> Seen { get; } = new();

        public async Task<WebhookAnswer> ReceiveAsync(WebhookRequest request, CancellationToken cancellationToken)
        {
            Seen.Enqueue(request with { Body = request.Body.ToArray() });
            await Until;
            return Answer;
        }
    }
}
