using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Servers;
using Npgsql;

namespace ChatOps.EndToEnd.Stores;

/// <summary>Two gateways as people start them, on one PostgreSQL and one RabbitMQ.</summary>
public sealed partial class BrokerTests(RabbitServer broker) : IClassFixture<RabbitServer>, IDisposable
{
    private const int Messages = 60;
    private static readonly string[] Conversations = ["one", "two", "three"];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_message_is_answered_once_and_in_order_while_a_gateway_and_then_the_broker_are_killed()
    {
        await using var first = await StartAsync("a");
        ServerStore.CopyKeys(folder.In("a"), folder.In("b"));
        await using var second = await StartAsync("b");
        foreach (var gateway in (GatewayProcess[])[first, second])
            await Until.TrueAsync(() => Task.FromResult(gateway.Log.Contains("Connected to RabbitMQ", StringComparison.Ordinal)), () => gateway.Log, TimeSpan.FromMinutes(2));

        await broker.SettleAsync();
        var said = 0;
        for (; said < Messages / 3; said++) await SayAsync(said % 2 == 0 ? first : second, said);
        first.Kill();
        for (; said < 2 * Messages / 3; said++) await SayAsync(second, said);
        await broker.KillAsync();
        for (; said < Messages; said++) await SayAsync(second, said);

        // The lease of a conversation that the dead one held ends first.
        await Until.TrueAsync(async () => await DoneAsync() == Messages, () => second.Log, TimeSpan.FromMinutes(3));

        // One start each, however many wake-ups there were, and one end: that of what ran in the dead one is written when it is known to be dead.
        List<JsonNode> records = [];
        await Until.TrueAsync(async () =>
        {
            records = [.. (await second.CallAsync("audit_list", new { limit = 500 }))["result"]!.AsArray().Reverse().OfType<JsonNode>()];
            return Of("outcome").Count >= Messages;
        }, () => string.Join('\n', records.Select(r => r.ToJsonString())) + second.Log, TimeSpan.FromMinutes(2));
        var begun = Of("intent").Select(r => (Invocation: (string)r["invocation"]!, Number: int.Parse(Echoed().Match(r.ToJsonString()).Groups[1].ValueSpan, CultureInfo.InvariantCulture))).ToList();
        Assert.Equal(Enumerable.Range(0, Messages), begun.Select(i => i.Number).Order());
        Assert.Equal(begun.Select(i => i.Invocation).Order(StringComparer.Ordinal), Of("outcome").Select(r => (string)r["invocation"]!).Order(StringComparer.Ordinal));

        // In each conversation in the order of asking.
        foreach (var conversation in begun.GroupBy(i => i.Number % Conversations.Length)) Assert.Equal(conversation.Select(i => i.Number).Order(), conversation.Select(i => i.Number));
        Assert.Contains("\"intact\":true", (await second.CallAsync("audit_verify", new { })).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("Work goes on in this gateway", (await second.CallAsync("status", new { })).ToJsonString(), StringComparison.Ordinal);

        // Whoever looks after it is told that it is away, and that it is back.
        await ToldAsync(second, "found", "In trouble: bus: ");
        await broker.StartAsync();
        await ToldAsync(second, "recovered", "Well again: bus: ");

        List<JsonNode> Of(string kind) => records.FindAll(r => (string?)r["kind"] == kind && (string?)r["tool"] == "run");
    }

    private async Task<GatewayProcess> StartAsync(string name)
    {
        ServerStore.Use(folder.In(name), folder.Path);
        return await GatewayProcess.StartAsync(folder.In(name), null, new Dictionary<string, string>
        {
            ["CHATOPS__Checks__AwayNotice"] = "1s",
            ["CHATOPS__Bus__Transport"] = "RabbitMq",
            ["CHATOPS__Bus__RabbitMq__Host"] = "127.0.0.1",
            ["CHATOPS__Bus__RabbitMq__Port"] = broker.Port.ToString(CultureInfo.InvariantCulture),
            ["CHATOPS__Bus__RabbitMq__Username"] = RabbitServer.User,
            ["CHATOPS__Bus__RabbitMq__Password"] = "${env:RABBITMQ_PASSWORD}",
            ["RABBITMQ_PASSWORD"] = RabbitServer.User,
        });
    }

    private static async Task SayAsync(GatewayProcess gateway, int number)
    {
        var message = new { conversation = Conversations[number % Conversations.Length], clientId = $"m-{number}", text = $"/run echo message-{number:d3} --on local" };
        using var answer = await gateway.Client.PostAsJsonAsync("/api/chat/messages", message);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task ToldAsync(GatewayProcess gateway, string outcome, string words)
    {
        var told = 0;
        await Until.TrueAsync(
            async () => (told = (await gateway.CallAsync("audit_list", new { outcome, limit = 100 }))["result"]!.AsArray()
                .Count(r => r!.ToJsonString().Contains(words, StringComparison.Ordinal))) > 0,
            () => $"Nobody was told '{words}'.\n{gateway.Log}", TimeSpan.FromMinutes(2));
        Assert.Equal(1, told);
    }

    private async Task<long> DoneAsync()
    {
        await using var connection = new NpgsqlConnection(ServerStore.Of(folder.In("b")) + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT COUNT(*) FROM inbox WHERE state = 'done'", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    [GeneratedRegex(@"echo message-(\d{3}) ")]
    private static partial Regex Echoed();
}
