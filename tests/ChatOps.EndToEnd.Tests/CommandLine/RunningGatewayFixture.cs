using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.CommandLine;

/// <summary>One gateway for a class of tests, and commands on its data directory.</summary>
public sealed class RunningGatewayFixture : IAsyncLifetime
{
    internal TempFolder Folder { get; } = new();

    internal GatewayProcess Gateway { get; private set; } = null!;

    internal Commands Commands => new(Folder.Data);

    public async ValueTask InitializeAsync() => Gateway = await GatewayProcess.StartAsync(Folder.Data);

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Folder.Dispose();
    }
}
