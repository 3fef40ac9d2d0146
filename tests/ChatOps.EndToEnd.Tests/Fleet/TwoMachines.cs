using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>A gateway and the daemons of two machines with the label role=web: web-1 has no policy of its own, web-2 one that lets a gateway change it without an approval.</summary>
public sealed class TwoMachines : IAsyncLifetime
{
    private readonly List<DaemonProcess> daemons = [];

    internal TempFolder Folder { get; } = new();

    internal GatewayProcess Gateway { get; private set; } = null!;

    internal Commands Commands => new(Folder.Data);

    public async ValueTask InitializeAsync()
    {
        Gateway = await GatewayProcess.StartAsync(Folder.Data);
        await JoinAsync("web-1");
        Directory.CreateDirectory(Folder.In("web-2"));
        await File.WriteAllTextAsync(Path.Combine(Folder.In("web-2"), "node-policy.yaml"), "change: allow\n");
        await JoinAsync("web-2");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var daemon in daemons) await daemon.DisposeAsync();
        await Gateway.DisposeAsync();
        Folder.Dispose();
    }

    private async Task JoinAsync(string name)
    {
        var daemon = DaemonProcess.Start(Gateway.Address, name, Folder.In(name), await Gateway.TokenAsync("role=web"));
        daemons.Add(daemon);
        await Gateway.OnlineAsync(daemon, name);
    }
}
