using System.Net;
using System.Net.Sockets;

namespace ChatOps.Testing;

/// <summary>A port for what must be found again at the same address after a restart; anything else lets the system choose when it listens.</summary>
public static class LoopbackPort
{
    // Below those that Linux gives to whoever asks for any (ip_local_port_range): there, a free one is somebody else's a moment later.
    private const int First = 20_000, Count = 12_000;
    private static int next = Random.Shared.Next(Count);

    /// <summary>One that nothing listens on and that is given to nobody else in this process.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = First + ((Interlocked.Increment(ref next) & int.MaxValue) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // The next one, then.
            }
        }
    }
}
