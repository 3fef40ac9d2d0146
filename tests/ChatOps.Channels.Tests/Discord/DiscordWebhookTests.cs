using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Channels.Discord;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Discord;
using static ChatOps.Testing.Discord.DiscordServer;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>Signed HTTP interactions.</summary>
public sealed class DiscordWebhookTests : IAsyncLifetime
{
    private readonly Ed25519Signer signer = new(RandomNumberGenerator.GetBytes(32));
    private DiscordServer server = null!;
    private DiscordRig rig = null!;

    public async ValueTask InitializeAsync()
    {
        server = await StartAsync();
        rig = await DiscordRig.StartAsync(server, configure: o => (o.Mode, o.PublicKey) = (DiscordMode.Http, signer.PublicKey));
    }

    public async ValueTask DisposeAsync()
    {
        await rig.DisposeAsync();
        await server.DisposeAsync();
        signer.Dispose();
    }

    [Fact]
    public async Task A_ping_is_answered_and_no_gateway_is_opened()
    {
        var answer = await CallAsync("""{"id":"1","application_id":"2","type":1,"token":"t","version":1}"""u8.ToArray());
        Assert.Equal((200, "application/json", """{"type":1}"""), (answer.Status, answer.ContentType, Encoding.UTF8.GetString(answer.Body.Span)));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_command_is_committed_before_the_deferral_is_returned_and_its_result_fills_it()
    {
        var made = server.Use(Ops, Ada, ["nodes"], dispatch: false);
        var body = Encoding.UTF8.GetBytes(server.Payload(made).ToJsonString());
        var commit = new TaskCompletionSource();
        rig.Inbox.Commit = commit.Task;
        var answering = CallAsync(body);
        await Until.TrueAsync(() => rig.Inbox.Asked == 1);
        Assert.False(answering.IsCompleted);
        commit.SetResult();
        var answer = await answering;
        Assert.Equal("""{"type":5}""", Encoding.UTF8.GetString(answer.Body.Span));
        server.Answered(made, (JsonObject)JsonNode.Parse(answer.Body.Span)!);
        var message = Assert.Single(rig.Inbox.Accepted);
        await rig.SendAsync(message.Conversation, RichMessage.Text("3 nodes"), m => m with { InboxId = rig.Inbox.IdOf(message.PlatformKey) });
        var seen = Assert.Single(server.Seen(Ops));
        Assert.Equal((made.Original, "3 nodes"), (seen.Id, seen.Content));

        // The same call again is the same command.
        Assert.Equal(200, (await CallAsync(body)).Status);
        Assert.Single(rig.Inbox.Accepted);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_not_acknowledged()
    {
        rig.Inbox.Away = "The disk is full.";
        Assert.Equal(503, (await CallAsync(Command())).Status);
    }

    [Fact]
    public async Task Nothing_but_the_right_signature_over_these_bytes_now_is_let_in()
    {
        var body = Command();
        var good = signer.Headers(body, DateTimeOffset.UnixEpoch.AddSeconds(Now));
        using var other = new Ed25519Signer(RandomNumberGenerator.GetBytes(32));
        (Dictionary<string, string> Headers, byte[] Body)[] wrong =
        [
            ([], body),
            (Without(good, "X-Signature-Ed25519"), body),
            (Without(good, "X-Signature-Timestamp"), body),
            (With(good, "X-Signature-Ed25519", "00"), body),
            (With(good, "X-Signature-Ed25519", new string('z', 128)), body),
            (With(good, "X-Signature-Ed25519", good["X-Signature-Ed25519"] + "00"), body),
            (With(good, "X-Signature-Timestamp", "abc"), body),
            (With(good, "X-Signature-Timestamp", "-1"), body),
            (With(good, "X-Signature-Timestamp", new string('9', 400)), body),
            (good, [.. body, (byte)' ']),
            (good, body[..^1]),
            (other.Headers(body, DateTimeOffset.UnixEpoch.AddSeconds(Now)), body),
            (signer.Headers(body, DateTimeOffset.UnixEpoch.AddSeconds(Now - 301)), body),
            (signer.Headers(body, DateTimeOffset.UnixEpoch.AddSeconds(Now + 400)), body),
        ];
        foreach (var (headers, bytes) in wrong) Assert.Equal(401, (await rig.Webhook.ReceiveAsync(new WebhookRequest("POST", headers, bytes), CancellationToken.None)).Status);
        Assert.Equal(401, (await rig.Webhook.ReceiveAsync(new WebhookRequest("GET", good, body), CancellationToken.None)).Status);
        Assert.Empty(rig.Inbox.Accepted);
        Assert.Equal(200, (await rig.Webhook.ReceiveAsync(new WebhookRequest("POST", good, body), CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Ten_thousand_malformed_calls_do_no_harm()
    {
        var random = Fuzz.Chance(8032);
        var rounds = Fuzz.Rounds(10_000);
        var original = Command();
        for (var i = 0; i < rounds; i++)
        {
            var body = Mutation.Of(original, random);
            var answer = await CallAsync(body);
            Assert.True(answer.Status is 200 or 400, $"{answer.Status} for {Encoding.UTF8.GetString(body)}");
        }

        Assert.Equal(200, (await CallAsync(original)).Status);
    }

    private long Now => rig.World.Time.GetUtcNow().ToUnixTimeSeconds();

    private byte[] Command() => Encoding.UTF8.GetBytes(server.Payload(server.Use(Ops, Ada, ["run"], new Dictionary<string, JsonNode?> { ["command"] = "uptime" }, dispatch: false)).ToJsonString());

    private Task<WebhookAnswer> CallAsync(byte[] body) =>
        rig.Webhook.ReceiveAsync(new WebhookRequest("POST", signer.Headers(body, DateTimeOffset.UnixEpoch.AddSeconds(Now)), body), CancellationToken.None);

    private static Dictionary<string, string> With(Dictionary<string, string> headers, string name, string value) => new(headers) { [name] = value };

    private static Dictionary<string, string> Without(Dictionary<string, string> headers, string name) => headers.Where(h => h.Key != name).ToDictionary();
}
