using System.Net;
using ChatOps.Audit;
using ChatOps.Fleet;
using ChatOps.Fleet.Membership;
using ChatOps.Fleet.Relay;
using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Node;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fleet;

/// <summary>A relay on a real listener with a real store, and real daemons in this process that connect to it.</summary>
internal sealed class RelayHarness : IAsyncDisposable
{
    private readonly List<DaemonRun> daemons = [];
    private readonly string directory = Directory.CreateTempSubdirectory("chatops-fleet-").FullName;
    private readonly FleetOptions options;
    private StoreFixture store = null!;
    private WebApplication app = null!;

    private RelayHarness(FleetOptions options) => this.options = options;

    public NoAudit Audit { get; } = new();

    public int Port { get; private set; }

    public INodes Nodes => app.Services.GetRequiredService<INodes>();

    public IFleetMembers Members => app.Services.GetRequiredService<IFleetMembers>();

    public NodeSessions Sessions => app.Services.GetRequiredService<NodeSessions>();

    public NodeDirectory Rows => app.Services.GetRequiredService<NodeDirectory>();

    public string Data => Path.Combine(directory, "gateway");

    public static async Task<RelayHarness> StartAsync(TimeSpan? heartbeat = null)
    {
        var options = new FleetOptions();
        if (heartbeat is { } beat) options.Relay.Heartbeat = beat;
        var harness = new RelayHarness(options);
        Directory.CreateDirectory(harness.Data);
        await harness.StartGatewayAsync(0);
        return harness;
    }

    /// <summary>Stops the gateway's side at once and starts another on the same port and the same data, as after a crash.</summary>
    public async Task RestartGatewayAsync()
    {
        await StopGatewayAsync();
        await StartGatewayAsync(Port);
    }

    /// <summary>The first part of a stop: the beat ends, and what it watched; the listener is still there.</summary>
    public Task StopBeatAsync() => app.Services.GetServices<IHostedService>().OfType<Heartbeat>().Single().StopAsync(CancellationToken.None);

    public async Task StopGatewayAsync()
    {
        await app.DisposeAsync();
        await store.DisposeAsync();
    }

    public async Task StartGatewayAsync(int port)
    {
        store = await StoreFixture.OpenAsync(Data);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(store.Store).AddSingleton(store.Ids).AddSingleton<IAuditWriter>(Audit)
            .AddSingleton<IExecutor, NoExecutor>().AddSingleton<INodeFacts, NoFacts>()
            .AddSingleton<IMessageBus, FakeMessageBus>().AddSingleton<IGateways, LoneGateway>().AddFleet(options, Data);
        app = builder.Build();
        app.UseWebSockets();
        app.MapGet("/relay", async (HttpContext context, IRelay relay) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(IRelay.SubProtocol);
            await relay.ServeAsync(socket, "test", context.RequestAborted);
        });
        await app.StartAsync();
        Port = new Uri(app.Urls.First()).Port;
    }

    public async Task<string> TokenAsync(params (string Key, string Value)[] labels) =>
        (await Members.InviteAsync(TimeSpan.FromMinutes(5), labels.ToDictionary(l => l.Key, l => l.Value), "owner", CancellationToken.None)).Token;

    public string StateOf(string name) => Path.Combine(directory, name);

    /// <summary>Starts a daemon.</summary>
    public DaemonRun Daemon(string name, string? token, Func<DaemonOptions, DaemonOptions>? change = null, string? state = null, int? port = null, TimeProvider? time = null)
    {
        var daemonOptions = new DaemonOptions
        {
            Relay = new Uri($"ws://127.0.0.1:{port ?? Port}"), StateDirectory = StateOf(state ?? name), JoinToken = token, Name = name, FirstReconnect = TimeSpan.FromMilliseconds(20),
            LongestReconnect = TimeSpan.FromMilliseconds(100), StopPatience = TimeSpan.Zero,
        };
        var run = new DaemonRun(change?.Invoke(daemonOptions) ?? daemonOptions, time);
        daemons.Add(run);
        return run;
    }

    /// <summary>A daemon that has joined and is connected.</summary>
    public async Task<DaemonRun> JoinedAsync(string name, Func<DaemonOptions, DaemonOptions>? change = null, int? port = null)
    {
        var daemon = Daemon(name, await TokenAsync(), change, port: port);
        await OnlineAsync(name);
        return daemon;
    }

    /// <summary>Something that only reads.</summary>
    public static ExecutionRequest Read(string node) => new(
        $"r-{Guid.NewGuid():N}", node, "true", new CommandProgram([new(CommandJoin.Always, false, [new([new("true", false)], [])])]), "/", TimeSpan.FromSeconds(60), new OutputLimits(1024, 1024, 0, null))
    {
        Risk = Risk.Read,
    };

    public Task OnlineAsync(string name) => Until.TrueAsync(() => State(name) == NodeState.Online);

    public NodeState? State(string name) => Nodes.All().FirstOrDefault(n => n.Name == name)?.State;

    public async ValueTask DisposeAsync()
    {
        foreach (var daemon in daemons) await daemon.StopAsync();
        await StopGatewayAsync();
        Directory.Delete(directory, recursive: true);
    }

    private sealed class NoExecutor : IExecutor
    {
        public Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing runs on the gateway's own machine here.");
    }

    private sealed class NoFacts : INodeFacts
    {
        public IReadOnlyDictionary<string, string> Read() => new Dictionary<string, string>();
    }
}
