using System.Net;
using ChatOps.Audit;
using ChatOps.Fleet;
using ChatOps.Fleet.Far;
using ChatOps.Fleet.Relay;
using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Fleet.Far;

/// <summary>The fleet's part of one gateway among several, with a relay on a real listener.</summary>
internal sealed class FarGateway : IAsyncDisposable
{
    private readonly Net net;
    private readonly WebApplication app;

    private FarGateway(string id, Net net, WebApplication app) => (Id, this.net, this.app) = (id, net, app);

    public string Id { get; }

    public Uri Relay => new(app.Urls.First().Replace("http", "ws", StringComparison.Ordinal));

    public INodes Nodes => app.Services.GetRequiredService<INodes>();

    public IFleetMembers Members => app.Services.GetRequiredService<IFleetMembers>();

    public NodeSessions Sessions => app.Services.GetRequiredService<NodeSessions>();

    public static async Task<FarGateway> StartAsync(string id, Net net, StoreFixture store, string keys)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var options = new FleetOptions();
        options.LocalNode.Enabled = false;
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(store.Store).AddSingleton(store.Ids).AddSingleton<IAuditWriter>(new NoAudit())
            .AddSingleton<IMessageBus>(net).AddSingleton<IGateways>(new Among(id, net)).AddFleet(options, keys);
        var app = builder.Build();
        app.UseWebSockets();
        app.MapGet("/relay", async (HttpContext context, IRelay relay) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(IRelay.SubProtocol);
            await relay.ServeAsync(socket, "test", context.RequestAborted);
        });
        await app.StartAsync();
        var traffic = app.Services.GetRequiredService<NodeTrafficHandler>();
        var changed = app.Services.GetRequiredService<NodeChangedHandler>();
        net.Join(id, message => message is NodeTraffic piece ? traffic.HandleAsync(piece, CancellationToken.None) : changed.HandleAsync((NodeChanged)message, CancellationToken.None));
        return new FarGateway(id, net, app);
    }

    public NodeState? State(string name) => Nodes.All().FirstOrDefault(n => n.Name == name)?.State;

    /// <summary>No message comes from it or reaches it any more, and its connections break; the store is told nothing.</summary>
    public async Task DieAsync()
    {
        net.Leave(Id);
        foreach (var session in Sessions.All) session.Abort();
        await app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        net.Leave(Id);
        await app.DisposeAsync();
    }

    private sealed class Among(string id, Net net) : IGateways
    {
        public GatewayIdentity Self { get; } = new(id, id, "1.0.0", GatewayIdentity.AllRoles);

        public bool IsAlone => false;

        public bool IsCurrent => true;

        public IReadOnlyList<GatewayRow> Living => [];

        public GatewayRow? Find(string other) => net.IsAlive(other) ? new GatewayRow(other, other, "1.0.0", [], default, default) : null;
    }
}
