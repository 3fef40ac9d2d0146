using ChatOps.Host;

namespace ChatOps.Cli.Client;

/// <summary>A gateway to talk to, and the one that was started for this command, if any.</summary>
/// <param name="client">Talks to it.</param>
/// <param name="own">Lives as long as the command.</param>
internal sealed class GatewayConnection(GatewayClient client, GatewayHost? own) : IAsyncDisposable
{
    /// <summary>Talks to it.</summary>
    public GatewayClient Client => client;

    /// <summary>Whether the gateway ends with this command.</summary>
    public bool IsOwn => own is not null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (own is not null) await own.DisposeAsync();
    }
}
