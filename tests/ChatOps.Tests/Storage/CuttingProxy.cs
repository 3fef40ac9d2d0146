using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace ChatOps.Tests.Storage;

/// <summary>Stands between a store and its server, and cuts the connection at a commit: before it arrives, or before its answer does.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private const int Port = 5433;
    private static readonly byte[] Commit = Encoding.ASCII.GetBytes("COMMIT\0");

    private readonly string folder = Directory.CreateTempSubdirectory("cut-").FullName;
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly UnixDomainSocketEndPoint server;
    private readonly Lock gate = new();
    private readonly List<Socket> open = [];
    private readonly Task accepting;
    private bool armed;
    private bool arrives;
    private bool stays;
    private bool refuses;

    public CuttingProxy(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        server = new UnixDomainSocketEndPoint(Path.Combine(builder.Host!, $".s.PGSQL.{builder.Port}"));
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, $".s.PGSQL.{Port}")));
        listener.Listen();
        (builder.Host, builder.Port) = (folder, Port);
        ConnectionString = builder.ToString();
        accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    public bool HasCut { get; private set; }

    /// <summary>The next commit is cut.</summary>
    /// <param name="arrives">Whether the server gets it.</param>
    /// <param name="andStay">Whether the server stays out of reach afterwards.</param>
    public void CutAtCommit(bool arrives, bool andStay = false)
    {
        lock (gate) (armed, this.arrives, stays) = (true, arrives, andStay);
    }

    public void Heal()
    {
        lock (gate) refuses = false;
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await accepting;
        lock (gate) open.ForEach(s => s.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync();
                lock (gate)
                {
                    open.Add(client);
                    if (refuses)
                    {
                        client.Dispose();
                        continue;
                    }
                }

                _ = CarryAsync(client);
            }
        }
        catch (SocketException)
        {
            // Over.
        }
        catch (ObjectDisposedException)
        {
            // Over.
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var there = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await there.ConnectAsync(server);
            await Task.WhenAll(ToServerAsync(client, there), ToClientAsync(there, client));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One end is gone; so is the other.
        }
        finally
        {
            client.Dispose();
        }
    }

    private async Task ToServerAsync(Socket client, Socket there)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await client.ReceiveAsync(buffer) is var read and > 0)
            {
                var cut = TryCut(buffer.AsSpan(0, read), out var send);
                if (cut) client.Dispose();
                if (!cut || send) await there.SendAsync(buffer.AsMemory(0, read));
                if (!cut) continue;
                HasCut = true;
                break;
            }
        }
        finally
        {
            there.Shutdown(SocketShutdown.Send);
        }
    }

    // What comes for a client that is cut off is read to its end and by nobody.
    private static async Task ToClientAsync(Socket there, Socket client)
    {
        var buffer = new byte[64 * 1024];
        var gone = false;
        while (await there.ReceiveAsync(buffer) is var read and > 0)
        {
            try
            {
                if (!gone) await client.SendAsync(buffer.AsMemory(0, read));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                gone = true;
            }
        }
    }

    private bool TryCut(ReadOnlySpan<byte> message, out bool send)
    {
        lock (gate)
        {
            send = arrives;
            if (!armed || message.IndexOf(Commit) < 0) return false;
            armed = false;
            refuses = stays;
            return true;
        }
    }
}
