using System.Net;
using System.Net.Sockets;
using ChatOps.Testing;
using ChatOps.Testing.Faults;

namespace ChatOps.Tests.Faults;

/// <summary>The line that other tests cut: it does what its states say.</summary>
public sealed class WireTests : IAsyncDisposable
{
    private readonly TcpListener far = new(IPAddress.Loopback, 0);
    private readonly Wire wire;
    private readonly TcpClient near = new();
    private NetworkStream left = null!;
    private NetworkStream right = null!;

    public WireTests()
    {
        far.Start();
        wire = new Wire((IPEndPoint)far.LocalEndpoint);
    }

    public async ValueTask DisposeAsync()
    {
        near.Dispose();
        far.Dispose();
        await wire.DisposeAsync();
    }

    [Fact]
    public async Task A_whole_line_carries_both_ways()
    {
        await ConnectAsync();

        Assert.Equal("to", await PassAsync(left, right, "to"));
        Assert.Equal("fro", await PassAsync(right, left, "fro"));
        await Until.TrueAsync(() => wire.Carried >= 5);
        Assert.Equal((1, 5), (wire.Open, wire.Carried));
    }

    [Fact]
    public async Task A_silent_line_stays_open_and_what_was_held_arrives_when_it_is_whole_again()
    {
        await ConnectAsync();
        wire.State = WireState.Silent;
        await left.WriteAsync("held"u8.ToArray(), TestContext.Current.CancellationToken);
        var read = ReadAsync(right, 4);

        Assert.NotSame(read, await Task.WhenAny(read, Task.Delay(100, TestContext.Current.CancellationToken)));
        Assert.Equal(1, wire.Open);
        wire.State = WireState.Whole;
        Assert.Equal("held", await read.WaitAsync(Until.Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task One_direction_is_cut_alone()
    {
        await ConnectAsync();
        wire.State = WireState.NothingBack;

        Assert.Equal("to", await PassAsync(left, right, "to"));
        await right.WriteAsync("fro"u8.ToArray(), TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => wire.Carried == 2);
        wire.State = WireState.Whole;
        Assert.Equal("fro", await ReadAsync(left, 3).WaitAsync(Until.Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_cut_line_breaks_what_is_open_and_takes_nothing_new()
    {
        await ConnectAsync();
        wire.State = WireState.Cut;
        wire.Break();

        Assert.True(await EndsAsync(left));
        Assert.True(await IsTurnedAwayAsync());
        await Until.TrueAsync(() => wire.Open == 0);
    }

    private async Task<bool> IsTurnedAwayAsync()
    {
        using var again = new TcpClient();
        try
        {
            await again.ConnectAsync(IPAddress.Loopback, wire.Port);
            return await EndsAsync(again.GetStream());
        }
        catch (SocketException)
        {
            // Before it was even told that it is connected.
            return true;
        }
    }

    private static async Task<bool> EndsAsync(NetworkStream stream)
    {
        try
        {
            return await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(Until.Limit) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private async Task ConnectAsync()
    {
        await near.ConnectAsync(IPAddress.Loopback, wire.Port, TestContext.Current.CancellationToken);
        left = near.GetStream();
        right = (await far.AcceptTcpClientAsync(TestContext.Current.CancellationToken)).GetStream();
    }

    private static async Task<string> PassAsync(NetworkStream from, NetworkStream to, string text)
    {
        await from.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text));
        return await ReadAsync(to, text.Length).WaitAsync(Until.Limit);
    }

    private static async Task<string> ReadAsync(NetworkStream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes);
        return System.Text.Encoding.ASCII.GetString(bytes);
    }
}
