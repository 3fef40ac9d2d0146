using System.Collections.Concurrent;
using ChatOps.Audit;
using ChatOps.Fleet;
using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Testing;
using ChatOps.Testing.Ssh;
using ChatOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Tests.Fleet.Ssh;

/// <summary>A gateway's fleet with a real store, and a real sshd on loopback that it reaches by the system's ssh.</summary>
internal sealed class SshHarness : IAsyncDisposable, IExecutionOutput
{
    private static readonly OutputLimits Limits = new(64 * 1024, 64 * 1024, 0, null);
    private readonly string directory = Directory.CreateTempSubdirectory("chatops-ssh-test-").FullName;
    private readonly FleetOptions options = new();
    private StoreFixture store = null!;
    private IHost host = null!;
    private int runs;

    private SshHarness(SshServer server) => Server = server;

    public SshServer Server { get; }

    public NoAudit Audit { get; } = new();

    public ConcurrentQueue<string> Watched { get; } = new();

    public INodes Nodes => host.Services.GetRequiredService<INodes>();

    public IFleetMembers Members => host.Services.GetRequiredService<IFleetMembers>();

    public static async Task<SshHarness> StartAsync(bool known = true, int maxSessions = 8, params string[] settings)
    {
        var harness = new SshHarness(await SshServer.StartAsync(known, settings));
        harness.options.Ssh.ConfigFile = harness.Server.ConfigFile;
        harness.options.Ssh.MaxSessions = maxSessions;
        harness.options.Relay.Heartbeat = TimeSpan.FromSeconds(1);
        try
        {
            await harness.StartGatewayAsync();
        }
        catch
        {
            await harness.Server.DisposeAsync();
            throw;
        }

        return harness;
    }

    /// <summary>With the node web, which is connected.</summary>
    public static async Task<SshHarness> WithNodeAsync(int maxSessions = 8, params string[] settings)
    {
        var harness = await StartAsync(true, maxSessions, settings);
        if (await harness.AddAsync("web") is not { } problem) return harness;
        await harness.DisposeAsync();
        throw new InvalidOperationException(problem);
    }

    public async Task StartGatewayAsync()
    {
        store = await StoreFixture.OpenAsync(Path.Combine(directory, "data"));
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(store.Store).AddSingleton(store.Ids).AddSingleton<IAuditWriter>(Audit).AddLogging()
            .AddSingleton<IExecutor, Nothing>().AddSingleton<INodeFacts, Nothing>().AddSingleton<IMessageBus, FakeMessageBus>().AddSingleton<IGateways, LoneGateway>().AddFleet(options, Path.Combine(directory, "data"));
        host = builder.Build();
        await host.StartAsync();
    }

    public async Task StopGatewayAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await store.DisposeAsync();
    }

    public Task<string?> AddAsync(string name, string? hostKey = null, SshAddress? address = null, CancellationToken cancellationToken = default) => Members.AddSshAsync(
        name, address ?? new SshAddress(SshServer.Destination, Server.Port, null, null), new Dictionary<string, string> { ["role"] = "web" }, hostKey, "owner", cancellationToken);

    public NodeInfo? Node(string name = "web") => Nodes.All().FirstOrDefault(n => n.Name == name);

    public NodeState? State(string name = "web") => Node(name)?.State;

    /// <summary>Runs a line with the shell there.</summary>
    public Task<ExecutionResult> RunAsync(string line, TimeSpan? timeout = null, Func<ExecutionRequest, ExecutionRequest>? change = null, CancellationToken cancellationToken = default)
    {
        var request = new ExecutionRequest($"x{Interlocked.Increment(ref runs)}", "web", line, null, "/", timeout ?? TimeSpan.FromMinutes(1), Limits);
        return Nodes.ExecuteAsync(change?.Invoke(request) ?? request, this, cancellationToken);
    }

    /// <summary>Runs words without a shell's reading.</summary>
    public Task<ExecutionResult> RunAsync(params IReadOnlyList<CommandWord> words) => RunAsync(new CommandProgram([new CommandPipeline(CommandJoin.Always, false, [new SimpleCommand(words, [])])]));

    /// <summary>Runs a program without a shell's reading.</summary>
    public Task<ExecutionResult> RunAsync(CommandProgram program, string directory = "/") =>
        RunAsync("(program)", change: r => r with { Program = program, Risk = Risk.Read, WorkingDirectory = directory });

    public string PathOf(string name) => Path.Combine(directory, name);

    public void Append(string text) => Watched.Enqueue(text);

    public async ValueTask DisposeAsync()
    {
        await StopGatewayAsync();
        await Server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private sealed class Nothing : IExecutor, INodeFacts
    {
        public Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing runs on the gateway's own machine here.");

        public IReadOnlyDictionary<string, string> Read() => new Dictionary<string, string>();
    }
}
