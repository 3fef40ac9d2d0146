using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Bus;
using ChatOps.Channels;
using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Schedules;
using ChatOps.Testing;
using ChatOps.Testing.Schemas;
using ChatOps.Testing.Servers;
using ChatOps.Tests.Fleet;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace ChatOps.Tests.Bus;

/// <summary>
/// Gateways of two versions on one broker during a rolling upgrade: what was recorded of the messages is what today's gateway sends and reads, on the same exchanges, whatever the other version adds. A new kind of message
/// is recorded by a run with CHATOPS_GOLDEN=write; the lines that are there stay.
/// </summary>
public sealed class OlderGatewayTests(RabbitServer broker) : IClassFixture<RabbitServer>
{
    private const string Gateway = "0123456789ab";
    private static readonly string Recorded = RepositoryFiles.Of("tests/ChatOps.Tests/Bus/Recorded/messages-1.txt");

    private static readonly IReadOnlyList<object> Today =
    [
        new MessageAccepted("01inbox", "web:owner.main"), new ApprovalDecided("A7K2Q9"), new Deliver("web:owner.main"), new SendDoubtful("01message"), new ChatOps.Checks.FindingTold("01finding"),
        new InvocationFinished("01invocation"), new TurnStopAsked("01inbox", "web:owner.main", "owner"), new ThreadSettled("01message"), new BudgetsChanged(), new SchedulesChanged(), new NodeChanged("web-1"),
        new WebChatChanged("owner.main", WebChatEventKind.MessageChanged, "01message"), new NodeTraffic(Gateway, "ba9876543210", "0011223344556677", true, "web-1", 3, 7, [1, 2], [3, 4], true),
        new PassingState(Gateway, "ba9876543210", "01message", "web:owner.main", 7, 638000000000000000, "{}"), new PassingEnded(Gateway, "ba9876543210", 7),
    ];

    [Fact]
    public void Every_kind_of_message_is_recorded()
    {
        var handled = Directory.GetFiles(AppContext.BaseDirectory, "ChatOps.*.dll").Where(f => !Path.GetFileName(f).Contains("Test", StringComparison.Ordinal)).Select(Assembly.LoadFrom)
            .SelectMany(a => a.GetTypes()).SelectMany(t => t.GetInterfaces()).Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IMessageHandler<>))
            .Select(i => i.GetGenericArguments()[0]).Where(t => !t.IsGenericParameter).Select(t => t.Name).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(handled, Today.Select(m => m.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_other_version_sends_is_read_and_what_is_sent_has_all_that_it_reads()
    {
        var seen = new ConcurrentQueue<object>();
        using var directory = new TempDirectory();
        await using var gateway = await BusHarness.StartAsync(directory, TimeProvider.System, [], services =>
        {
            services.AddSingleton(new GatewayIdentity(Gateway, "today", "1.0.0", GatewayIdentity.AllRoles));
            foreach (var message in Today) typeof(OlderGatewayTests).GetMethod(nameof(Listen), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(message.GetType()).Invoke(null, [services, seen]);
        }, options =>
        {
            options.Transport = BusTransport.RabbitMq;
            (options.RabbitMq.Host, options.RabbitMq.Port, options.RabbitMq.Username, options.RabbitMq.Password) = ("127.0.0.1", broker.Port, RabbitServer.User, RabbitServer.User);
        });
        await Until.TrueAsync(() => gateway.Get<MessageBus>().Trouble is null, TimeSpan.FromMinutes(3));
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();

        var sent = await SentAsync(channel, gateway);
        if (Environment.GetEnvironmentVariable("CHATOPS_GOLDEN") == "write") Record(sent);
        var recorded = File.ReadLines(Recorded).Where(l => !l.StartsWith('#')).Select(l => l.Split(' ', 3)).ToDictionary(p => p[0], p => (Urn: p[1], Body: p[2]), StringComparer.Ordinal);
        Assert.Equal(Today.Select(m => m.GetType().Name).Order(StringComparer.Ordinal), recorded.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, (urn, body)) in recorded)
        {
            Assert.Equal(urn, sent[name].Urn);
            Assert.Null(RecordedFrames.Lacks(JsonDocument.Parse(body).RootElement, JsonDocument.Parse(sent[name].Body).RootElement, name));
        }

        // And the other way: as it was recorded, and with what only the other version knows.
        seen.Clear();
        foreach (var (name, (urn, body)) in recorded)
        {
            var message = JsonNode.Parse(body)!.AsObject();
            message["notKnownHere"] = new JsonObject { ["deep"] = new JsonArray(1, "two") };
            var envelope = new JsonObject { ["messageType"] = new JsonArray(urn), ["message"] = message, ["notKnownHere"] = true };
            var (exchange, key) = Today.Any(m => m is IForGateway && m.GetType().Name == name) ? ("chatops.gateways", $"{Gateway}.{name}") : (urn["urn:message:".Length..], "");
            await channel.BasicPublishAsync(exchange, key, mandatory: true, new BasicProperties { ContentType = "application/vnd.masstransit+json" }, Encoding.UTF8.GetBytes(envelope.ToJsonString()));
        }

        await Until.TrueAsync(() => seen.Count >= Today.Count);
        Assert.Equal(Today.Select(Shown).Order(StringComparer.Ordinal), seen.Select(Shown).Order(StringComparer.Ordinal));
    }

    private static void Listen<T>(IServiceCollection services, ConcurrentQueue<object> seen) where T : class
    {
        services.AddSingleton<IMessageHandler<T>>(new Ear<T>(seen));
        services.AddSingleton(new MessageHandlerRegistration(typeof(T)));
    }

    // Each message of today as it comes out of its exchange at the broker.
    private static async Task<Dictionary<string, (string Urn, string Body)>> SentAsync(RabbitMQ.Client.IChannel channel, BusHarness gateway)
    {
        var sent = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var message in Today)
        {
            var name = message.GetType().Name;
            var tap = await channel.QueueDeclareAsync();
            var isAddressed = message is IForGateway;
            if (isAddressed) await channel.QueueBindAsync(tap.QueueName, "chatops.gateways", $"other.{name}");
            else await channel.QueueBindAsync(tap.QueueName, $"{message.GetType().Namespace}:{name}", "");
            await ((Task)typeof(IMessageBus).GetMethod(nameof(IMessageBus.PublishAsync))!.MakeGenericMethod(message.GetType())
                .Invoke(gateway.Bus, [ForOther(message), CancellationToken.None])!);
            BasicGetResult? found = null;
            await Until.TrueAsync(async () => (found = await channel.BasicGetAsync(tap.QueueName, autoAck: true)) is not null);
            var envelope = JsonNode.Parse(found!.Body.Span)!;
            var body = envelope["message"]!.AsObject();
            if (isAddressed) body["gateway"] = Gateway;
            sent[name] = ((string)envelope["messageType"]!.AsArray().Single(u => ((string)u!).EndsWith(":" + name, StringComparison.Ordinal))!, body.ToJsonString());
        }

        return sent;
    }

    private static object ForOther(object message) => message switch
    {
        NodeTraffic traffic => traffic with { Gateway = "other" },
        PassingState state => state with { Gateway = "other" },
        PassingEnded ended => ended with { Gateway = "other" },
        _ => message,
    };

    private static void Record(Dictionary<string, (string Urn, string Body)> sent)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Recorded)!);
        List<string> lines = File.Exists(Recorded) ? [.. File.ReadLines(Recorded)] : ["# Messages between gateways as they were first sent: kind, type, body. Lines are added, never changed: a gateway of that version may be on the same broker."];
        lines.AddRange(sent.Where(s => !lines.Exists(l => l.StartsWith(s.Key + " ", StringComparison.Ordinal))).Select(s => $"{s.Key} {s.Value.Urn} {s.Value.Body}"));
        File.WriteAllLines(Recorded, lines);
    }

    private static string Shown(object message) => $"{message.GetType().Name} {JsonSerializer.Serialize(message, message.GetType())}";

    private sealed class Ear<T>(ConcurrentQueue<object> seen) : IMessageHandler<T> where T : class
    {
        public Task HandleAsync(T message, CancellationToken cancellationToken)
        {
            seen.Enqueue(message);
            return Task.CompletedTask;
        }
    }
}
