using ChatOps.Bus;
using ChatOps.Diagnostics;
using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Servers;

namespace ChatOps.Tests.Bus;

/// <summary>A bus with two kinds of handlers; its store is its own, because only the messages are looked at here.</summary>
internal sealed class RabbitGateway : IAsyncDisposable
{
    private readonly TempDirectory directory = new();
    private readonly RecordingHandler<ApprovalDecided> works = new();
    private readonly RecordingHandler<InvocationFinished> hears = new();
    private readonly RecordingHandler<NodeTraffic> gets = new();
    private BusHarness? harness;

    public IMessageBus Bus => harness!.Bus;

    public IReadOnlyCollection<string> Works => [.. works.Seen.Select(m => m.ApprovalId)];

    public IReadOnlyCollection<string> Hears => [.. hears.Seen.Select(m => m.InvocationId)];

    public IReadOnlyCollection<long> Gets => [.. gets.Seen.Select(m => m.Number)];

    public string Id => harness!.Get<GatewayIdentity>().Id;

    public static async Task<RabbitGateway> StartAsync(RabbitServer broker, Action<RabbitMqOptions>? change = null)
    {
        var gateway = new RabbitGateway();
        gateway.harness = await BusHarness.StartAsync(gateway.directory, TimeProvider.System, [], services =>
        {
            gateway.works.AddTo(services);
            gateway.hears.AddTo(services);
            gateway.gets.AddTo(services);
        }, options =>
        {
            options.Transport = BusTransport.RabbitMq;
            (options.RabbitMq.Host, options.RabbitMq.Port, options.RabbitMq.Username, options.RabbitMq.Password) = ("127.0.0.1", broker.Port, RabbitServer.User, RabbitServer.User);
            change?.Invoke(options.RabbitMq);
        });
        return gateway;
    }

    public Task ConnectedAsync() => Until.TrueAsync(() => harness!.Get<MessageBus>().Trouble is null, TimeSpan.FromMinutes(3));

    public Task<PartHealth> HealthAsync() => harness!.Get<IEnumerable<IHealthPart>>().Single(p => p.Name == "bus").CheckAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await harness!.DisposeAsync();
        directory.Dispose();
    }
}
