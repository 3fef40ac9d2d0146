using System.Globalization;
using ChatOps.EndToEnd.Fleet;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing.Servers;
using ChatOps.Testing.Telegram;

namespace ChatOps.EndToEnd.Stores;

/// <summary>Gateways as people start them, on one PostgreSQL and one RabbitMQ, with one Telegram that they share.</summary>
internal sealed class GatewayGroup : IAsyncDisposable
{
    private const string Access = """
        people:
          ben:
            name: Ben
            roles: [operator]
            identities: ["telegram:1002"]
        """;

    private readonly RabbitServer broker;
    private readonly string place;
    private readonly TempFolder folder = new();
    private readonly List<GatewayProcess> gateways = [];
    private string? first;

    private GatewayGroup(RabbitServer broker, TelegramServer telegram) => (this.broker, place, Telegram) = (broker, broker.NewPlace(), telegram);

    public TelegramServer Telegram { get; }

    /// <summary>Where the gateway will listen that follows another one; known with <see cref="NodeAsync"/>.</summary>
    public int NextPort { get; private set; }

    public TelegramPerson Ben { get; } = new(1002, "Ben", Username: "ben_ops");

    public IReadOnlyList<TelegramPost> ToBen => [.. Telegram.Direct(Ben).Posts.Where(p => p.From is null)];

    public string Logs => string.Join("\n\n", gateways.Select(g => g.Log));

    public static async Task<GatewayGroup> StartAsync()
    {
        var group = new GatewayGroup(await RabbitServer.SharedAsync(), await TelegramServer.StartAsync());
        Directory.CreateDirectory(group.In("workspace"));
        await File.WriteAllTextAsync(Path.Combine(group.In("workspace"), "access.yaml"), Access);
        await File.WriteAllTextAsync(group.In("telegram.secret"), group.Telegram.Token);
        File.SetUnixFileMode(group.In("telegram.secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return group;
    }

    public string In(string name) => folder.In(name);

    /// <summary>Starts one; the first makes the keys, which the others get. It is connected to the broker when it is returned.</summary>
    public async Task<GatewayProcess> GatewayAsync(string name, string? roles = null, int port = 0, IReadOnlyDictionary<string, string>? more = null)
    {
        var data = folder.In(name);
        ServerStore.Use(data, folder.Path);
        if (first is null) first = data;
        else if (!File.Exists(Path.Combine(data, "gateway.key"))) ServerStore.CopyKeys(first, data);
        var environment = new Dictionary<string, string>(more ?? new Dictionary<string, string>())
        {
            ["CHATOPS__Gateway__Name"] = name,
            ["CHATOPS__Bus__Transport"] = "RabbitMq",
            ["CHATOPS__Bus__RabbitMq__Host"] = "127.0.0.1",
            ["CHATOPS__Bus__RabbitMq__Port"] = broker.Port.ToString(CultureInfo.InvariantCulture),
            ["CHATOPS__Bus__RabbitMq__VirtualHost"] = place,
            ["CHATOPS__Bus__RabbitMq__Username"] = RabbitServer.User,
            ["CHATOPS__Bus__RabbitMq__Password"] = "${env:RABBITMQ_PASSWORD}",
            ["RABBITMQ_PASSWORD"] = RabbitServer.User,
            ["CHATOPS__Channels__Telegram__Enabled"] = "true",
            ["CHATOPS__Channels__Telegram__Token"] = $"${{file:{folder.In("telegram.secret")}}}",
            ["CHATOPS__Channels__Telegram__ApiBase"] = Telegram.ApiBase.ToString(),
            ["CHATOPS__Fleet__Relay__Heartbeat"] = "5s",
        };
        var gateway = await GatewayProcess.StartAsync(data, folder.In("workspace"), environment, [.. roles is null ? Array.Empty<string>() : ["--role", roles], "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")]);
        gateways.Add(gateway);
        await Until.TrueAsync(() => Task.FromResult(gateway.Log.Contains("Connected to RabbitMQ", StringComparison.Ordinal)), () => gateway.Log, TimeSpan.FromMinutes(2));
        return gateway;
    }

    /// <summary>A daemon that knows the relays of these gateways, in this order.</summary>
    public DaemonProcess Daemon(string name, string token, params Uri[] relays)
    {
        var more = relays[1..].SelectMany(relay => (string[])["--relay", new UriBuilder(relay) { Scheme = "ws" }.Uri.ToString()]);
        return DaemonProcess.Start(relays[0], name, folder.In(name), token, null, [.. more]);
    }

    /// <summary>Once Telegram is polled: a daemon that is connected, and knows where the next relay will be.</summary>
    /// <param name="name">The node.</param>
    /// <param name="gateway">Lets it in, and shows it.</param>
    /// <param name="relay">Where it connects to; null for the same.</param>
    public async Task<DaemonProcess> NodeAsync(string name, GatewayProcess gateway, GatewayProcess? relay = null)
    {
        await UntilAsync(() => Telegram.IsPolled, "Nobody polls.");
        NextPort = Testing.LoopbackPort.Free();
        var daemon = Daemon(name, await gateway.TokenAsync(), (relay ?? gateway).Address, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{NextPort}")));
        await gateway.OnlineAsync(daemon, name);
        return daemon;
    }

    /// <summary>Ben has something begun on a node that was approved, leaves a line in <c>runs</c>, and says answer-42 once <see cref="LetGoAsync"/> was called.</summary>
    public async Task BeginAsync(GatewayProcess gateway, string node)
    {
        BenSays($"/run sh -c 'echo x >> {In("runs")}; while [ ! -e {In("go")} ]; do sleep 0.05; done; echo answer-$((40+2))' --on {node} --timeout 10m");
        var approved = await gateway.CallAsync("approvals_approve", new { id = await WaitingAsync(gateway, In("go")) });
        if ((string?)approved["status"] != "done") throw new InvalidOperationException($"It was not approved: {approved.ToJsonString()}");
        await UntilAsync(() => File.Exists(In("runs")), "It did not begin.");
    }

    public Task LetGoAsync() => File.WriteAllTextAsync(In("go"), "");

    public void BenSays(string text) => Telegram.Say(Telegram.Direct(Ben), Ben, text);

    /// <summary>The id of the approval that waits and is about something.</summary>
    public async Task<string> WaitingAsync(GatewayProcess gateway, string about)
    {
        string? id = null;
        await Until.TrueAsync(
            async () =>
            {
                var list = (await gateway.CallAsync("approvals_list", new { state = "pending" }))["result"]!.AsArray();
                return (id = (string?)list.SingleOrDefault(a => a!.ToJsonString().Contains(about, StringComparison.Ordinal))?["id"]) is not null;
            },
            () => $"No approval about {about} waits.\n{Logs}");
        return id!;
    }

    public Task UntilAsync(Func<bool> condition, string what, TimeSpan? limit = null) => UntilAsync(() => Task.FromResult(condition()), what, limit);

    public Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null) =>
        Until.TrueAsync(condition, () => $"{what}\nTold to Ben:\n{string.Join("\n---\n", ToBen.Select(p => p.Text))}\n{Logs}", limit ?? TimeSpan.FromMinutes(2));

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in gateways) await gateway.DisposeAsync();
        await Telegram.DisposeAsync();
        folder.Dispose();
    }
}
