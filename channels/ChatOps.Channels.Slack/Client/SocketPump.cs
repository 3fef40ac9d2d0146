namespace ChatOps.Channels.Slack.Client;

/// <summary>Reads one socket until it ends or is told to stop, and says early that a successor is wanted.</summary>
internal sealed class SocketPump : IAsyncDisposable
{
    private readonly SlackSocket socket;
    private readonly CancellationTokenSource stop;
    private readonly TaskCompletionSource<SocketEnd> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<SlackSocket, SlackFrame?> received;

    /// <summary>Begins to read.</summary>
    /// <param name="socket">Owned from now on.</param>
    /// <param name="received">Called for each frame that wants handling; null for one that is not to be read. Must not wait.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public SocketPump(SlackSocket socket, Action<SlackSocket, SlackFrame?> received, CancellationToken cancellationToken)
    {
        (this.socket, this.received) = (socket, received);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Completion = ReadAllAsync();
    }

    /// <summary>Ends when a successor is wanted, with the reason.</summary>
    public Task<SocketEnd> Ending => ending.Task;

    /// <summary>Whether Slack has said hello; false when the socket ended before it did.</summary>
    public Task<bool> Ready => ready.Task;

    /// <summary>Ends when nothing more will be read.</summary>
    public Task Completion { get; }

    /// <summary>How many connections the app had when this one began.</summary>
    public int Connections { get; private set; }

    /// <summary>Goes on for a while, for what is still on its way to the old socket, and then ends.</summary>
    public async Task RetireAsync(TimeSpan drain, TimeProvider time)
    {
        await Task.WhenAny(Completion, Task.Delay(drain, time, stop.Token));
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await socket.CloseAsync();
        try
        {
            await stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        socket.Dispose();
        stop.Dispose();
    }

    private async Task ReadAllAsync()
    {
        try
        {
            while (await socket.ReadAsync(stop.Token) is { } text) Take(SlackFrame.Parse(text));
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
        finally
        {
            ready.TrySetResult(false);
            ending.TrySetResult(SocketEnd.Closed);
        }
    }

    private void Take(SlackFrame? frame)
    {
        switch (frame)
        {
            case { Type: "hello" }:
                Connections = frame.Connections;
                ready.TrySetResult(true);
                break;
            case { Type: "disconnect" }:
                ending.TrySetResult(frame.Reason switch
                {
                    "link_disabled" => SocketEnd.LinkDisabled,
                    "too_many_websockets" => SocketEnd.TooMany,
                    _ => SocketEnd.Refresh,
                });
                break;
            default:
                received(socket, frame);
                break;
        }
    }
}
