using System.Net;
using System.Net.Sockets;
using RabbitMQ.Client;

namespace ChatOps.Bus;

/// <summary>
/// The one connection of one bus to the broker. When it has ended, that bus gets no other: it is given up with all that hangs on it, and the next one begins anew. The library would connect again by
/// itself, and at times one part of it makes a connection while another still mends the last: queues that missed it are called healthy and hear nothing from then on, and what is left over of earlier
/// connections keeps the next from its queues (MassTransit's issues 5692, 5942 and 6095).
/// </summary>
internal sealed class BrokerLine : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<Socket> sockets = [];
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isMade;

    /// <summary>Completes when the connection that was made has ended, at either side.</summary>
    public Task Ended => ended.Task;

    /// <summary>Has all connections of this factory made here.</summary>
    public void Use(ConnectionFactory factory) => factory.SocketFactory = Open;

    /// <summary>Ends the connection at once, and whatever is about to become one.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isMade = true;
            sockets.ForEach(socket => socket.Dispose());
            sockets.Clear();
        }

        ended.TrySetResult();
    }

    // A name can have several addresses, of which some are tried in vain.
    private Client Open(AddressFamily family)
    {
        lock (gate)
        {
            if (!isMade)
            {
                var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                sockets.Add(socket);
                return new Client(this, socket);
            }
        }

        throw Refused();
    }

    // One only: of two that were begun at once the second is none.
    private void Made(Socket socket)
    {
        lock (gate)
        {
            if (!isMade)
            {
                isMade = true;
                return;
            }
        }

        socket.Dispose();
        throw Refused();
    }

    private void End(Socket socket)
    {
        lock (gate) sockets.Remove(socket);
        ended.TrySetResult();
    }

    private IOException Refused()
    {
        ended.TrySetResult();
        return new IOException("This connection to the broker has ended and is not made again; another takes its place.");
    }

    private sealed class Client(BrokerLine line, Socket socket) : TcpClientAdapter(socket)
    {
        private bool isConnected;

        public override async Task ConnectAsync(IPAddress ep, int port, CancellationToken cancellationToken)
        {
            await base.ConnectAsync(ep, port, cancellationToken);
            line.Made(Client);
            isConnected = true;
        }

        public override NetworkStream GetStream() => new Watched(line, Client);

        public override void Close()
        {
            base.Close();
            if (isConnected) line.End(Client);
        }
    }

    // The client library says that it has ended when it is done with that.
    private sealed class Watched(BrokerLine line, Socket socket) : NetworkStream(socket)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = 0;
            try
            {
                return read = await base.ReadAsync(buffer, cancellationToken);
            }
            finally
            {
                if (read == 0 && buffer.Length > 0) line.End(Socket);
            }
        }
    }
}
