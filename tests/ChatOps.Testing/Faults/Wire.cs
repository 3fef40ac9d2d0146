using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ChatOps.Testing.Faults;

/// <summary>
/// A line on loopback between two programs, which can be cut, delayed, refused or left open without a word passing. TCP neither doubles nor reorders bytes; what can
/// happen to a connection is this.
/// </summary>
public sealed class Wire : IAsyncDisposable
{
    private const int BufferSize = 32 * 1024;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly Func<IReadOnlyList<EndPoint>> targets;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> open = new();
    private readonly CancellationTokenSource ended = new();
    private readonly Task accepting;
    private volatile WireState state = WireState.Whole;
    private long delay;
    private long carried;

    /// <param name="targets">Where it leads; the first that takes a connection has it.</param>
    public Wire(Func<IReadOnlyList<EndPoint>> targets)
    {
        this.targets = targets;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <param name="target">Where it leads.</param>
    public Wire(EndPoint target)
        : this(() => [target])
    {
    }

    /// <summary>Where one connects to.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many connections are open.</summary>
    public int Open => open.Count / 2;

    /// <summary>How many bytes passed so far.</summary>
    public long Carried => Interlocked.Read(ref carried);

    /// <summary>How it is.</summary>
    public WireState State
    {
        get => state;
        set => state = value;
    }

    /// <summary>How long every piece is held back, each way.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref delay));
        set => Interlocked.Exchange(ref delay, value.Ticks);
    }

    /// <summary>Breaks what is open, with a reset; new connections are taken or not as <see cref="State"/> says.</summary>
    public void Break()
    {
        foreach (var socket in open.Keys) Reset(socket);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await accepting;
        listener.Dispose();
        Break();
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptSocketAsync(ended.Token);
                if (state == WireState.Cut) Reset(near);
                else _ = CarryAsync(near);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The wire is taken down.
        }
    }

    private async Task CarryAsync(Socket near)
    {
        near.NoDelay = true;
        open[near] = true;
        var far = await ConnectAsync();
        try
        {
            if (far is null) return;

            // Either direction that ends, ends both: half a connection is of use to none of the protocols that pass here.
            await Task.WhenAny(PumpAsync(near, far, WireState.NothingOut), PumpAsync(far, near, WireState.NothingBack));
        }
        finally
        {
            foreach (var socket in new[] { near, far }.OfType<Socket>())
            {
                socket.Dispose();
                open.TryRemove(socket, out _);
            }
        }
    }

    private async Task<Socket?> ConnectAsync()
    {
        foreach (var target in targets())
        {
            var socket = target is UnixDomainSocketEndPoint ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            open[socket] = true;
            try
            {
                await socket.ConnectAsync(target, ended.Token);
                return socket;
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                open.TryRemove(socket, out _);
                socket.Dispose();
            }
        }

        return null;
    }

    private async Task PumpAsync(Socket from, Socket to, WireState stopped)
    {
        var buffer = new byte[BufferSize];
        try
        {
            while (await from.ReceiveAsync(buffer, ended.Token) is > 0 and var count)
            {
                if (Delay is { Ticks: > 0 } wait) await Task.Delay(wait, ended.Token);

                // What is swallowed by a real network is sent again by TCP once it is whole; so it is held here, not lost.
                while (state == WireState.Silent || state == stopped) await Task.Delay(Glance, ended.Token);
                await to.SendAsync(buffer.AsMemory(0, count), ended.Token);
                Interlocked.Add(ref carried, count);
            }
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end is gone.
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            if (socket.AddressFamily != AddressFamily.Unix) socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }
}
