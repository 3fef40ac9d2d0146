using System.Net;
using System.Net.Sockets;

namespace ChatOps.Testing;

/// <summary>A port for what must be found again at the same address after a restart; anything else lets the system choose when it listens.</summary>
public static class LoopbackPort
{
    /// <summary>One that is free in this moment.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
