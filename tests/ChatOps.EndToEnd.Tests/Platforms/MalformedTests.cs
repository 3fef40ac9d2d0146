using System.Globalization;
using System.Text;
using ChatOps.Channels;
using ChatOps.Testing.Slack;

namespace ChatOps.EndToEnd.Platforms;

/// <summary>Ten thousand calls of the webhooks that are no calls, half of them with a good signature.</summary>
public sealed class MalformedTests
{
    private const int Calls = 10_000;
    private const int AtOnce = 16;
    private const long MaxGrowth = 200L * 1024 * 1024;
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private static readonly string[] Bodies =
    [
        "", "{", "[]", "null", "0", "\"x\"", "{}", "{\"type\":\"event_callback\"}", "{\"type\":7}", "{\"update_id\":\"x\"}", "{\"update_id\":1e400}", "{\"update_id\":1,\"message\":{\"chat\":{\"id\":\"x\"}}}",
        "payload=", "payload=%7B", "payload={\"type\":\"block_actions\",\"actions\":[]}", "command=%2Fchatops&text=%00", "team_id=T0TEAM&user_id=&command=", new string('[', 100_000), new string('{', 20_000),
        "{\"type\":\"event_callback\",\"event\":{\"type\":\"message\",\"text\":" + new string('9', 5000) + "}}", "\ud83d", "{\"a\":\"" + new string('x', 200_000) + "\"}",
        "{\"type\":\"event_callback\",\"team_id\":\"T0TEAM\",\"event_id\":\"E\",\"event\":{\"type\":\"message\",\"channel\":\"D1\",\"user\":null,\"ts\":\"zzz\",\"text\":{}}}",
        "{\"update_id\":1,\"message\":{\"message_id\":1,\"date\":-99999999999999,\"chat\":{\"id\":1,\"type\":\"private\"},\"from\":{\"id\":1,\"is_bot\":false},\"text\":null}}",
        "{\"type\":3,\"id\":\"1\",\"token\":\"x\",\"data\":{\"custom_id\":1}}", "{\"type\":99}", "{\"update_id\":2,\"callback_query\":{}}",
    ];

    private static readonly string[] Types = ["application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"];

    [Fact]
    public async Task Ten_thousand_malformed_calls_are_refused_or_ignored_and_leave_nothing_behind()
    {
        await using var team = await Team.AssembleAsync();
        team.WriteSecret("webhook", Secret);
        team.Settings["CHATOPS__Gateway__PublicUrl"] = "https://ops.example.com";
        team.Settings["CHATOPS__Channels__Slack__Mode"] = "Http";
        team.Settings["CHATOPS__Channels__Telegram__Mode"] = "Webhook";
        team.Settings["CHATOPS__Channels__Telegram__WebhookSecret"] = $"${{file:{team.In("webhook.secret")}}}";
        team.Settings["CHATOPS__Channels__Discord__Mode"] = "Http";
        team.Settings["CHATOPS__Channels__Discord__PublicKey"] = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        await team.StartGatewayAsync();
        await team.UntilAsync(() => team.Telegram.WebhookUrl.Length > 0 && team.Slack.CallsOf("auth.test").Count > 0, "The channels did not begin");
        using var client = new HttpClient { BaseAddress = team.Gateway.Address };
        var telegram = new Uri(team.Telegram.WebhookUrl).AbsolutePath;
        var signer = new SlackSigner(team.Slack.SigningSecret, TimeProvider.System);
        var answers = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();

        await FloodAsync(0, Calls / 5);
        var before = Resident(team.Gateway.Id);
        await FloodAsync(Calls / 5, Calls);

        Assert.False(team.Gateway.HasExited);
        Assert.True(Resident(team.Gateway.Id) - before < MaxGrowth, $"Grew by {(Resident(team.Gateway.Id) - before) >> 20} MiB.");
        Assert.All(answers.Keys, a => Assert.True(int.Parse(a.Split(' ')[1], CultureInfo.InvariantCulture) is 200 or (>= 400 and < 500), $"{a}: {answers[a]} times\n{team.Gateway.Log}"));
        Assert.Equal(Calls, answers.Values.Sum());
        Assert.DoesNotContain("ERR", team.Gateway.Log, StringComparison.Ordinal);
        Assert.Contains("No message waits.", (await team.Gateway.CallAsync("status", new { })).ToJsonString(), StringComparison.Ordinal);

        Task FloodAsync(int from, int to) => Parallel.ForAsync(from, to, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, token) =>
        {
            var random = new Random(i);
            var body = Bodies[random.Next(Bodies.Length)];
            if (random.Next(3) == 0) body = Damaged(body, random);
            var type = Types[random.Next(Types.Length)];
            var (place, request) = (i % 5) switch
            {
                0 => ("/webhooks/slack/events", signer.Sign(body, type)),
                1 => ("/webhooks/slack/commands", signer.Sign(body, type)),
                2 => ("/webhooks/slack/interactions", random.Next(2) == 0 ? signer.Sign(body, type) : Unsigned(body, type, ("X-Slack-Signature", "v0=" + new string('f', random.Next(200))), ("X-Slack-Request-Timestamp", "12e9"))),
                3 => (telegram, Unsigned(body, type, ("X-Telegram-Bot-Api-Secret-Token", random.Next(2) == 0 ? Secret : "wrong"))),
                _ => ("/webhooks/discord/interactions", Unsigned(body, type, ("X-Signature-Ed25519", new string('0', 128)), ("X-Signature-Timestamp", "1"))),
            };
            using var message = new HttpRequestMessage(HttpMethod.Post, place) { Content = new ByteArrayContent(request.Body.ToArray()) };
            foreach (var (name, value) in request.Headers)
            {
                if (name != "Content-Type") message.Headers.TryAddWithoutValidation(name, value);
            }

            message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var answer = await client.SendAsync(message, token);
            answers.AddOrUpdate($"{place.Split('/')[2]} {(int)answer.StatusCode}", 1, (_, n) => n + 1);
        });
    }

    private static WebhookRequest Unsigned(string body, string type, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = type };
        foreach (var (name, value) in headers) all[name] = value;
        return new WebhookRequest("POST", all, Encoding.UTF8.GetBytes(body));
    }

    private static string Damaged(string body, Random random)
    {
        var letters = body.ToCharArray();
        if (letters.Length == 0) return "\u0000";
        for (var i = 0; i < 3; i++) letters[random.Next(letters.Length)] = (char)random.Next(1, 300);
        return new string(letters);
    }

    private static long Resident(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }
}
