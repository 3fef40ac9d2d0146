using System.Net.WebSockets;

namespace ChatOps.Fleet;

/// <summary>Where the daemons of nodes connect to.</summary>
public interface IRelay
{
    /// <summary>The WebSocket sub-protocol that both ends speak.</summary>
    const string SubProtocol = "chatops.relay.v1";

    /// <summary>Serves one connection until it ends. Every peer proves who it is before anything else is read from it.</summary>
    /// <param name="socket">The open connection; the caller disposes it.</param>
    /// <param name="remote">Where it comes from, for the log.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task ServeAsync(WebSocket socket, string remote, CancellationToken cancellationToken);
}
