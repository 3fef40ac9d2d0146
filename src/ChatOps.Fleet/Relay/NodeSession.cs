using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Membership;

namespace ChatOps.Fleet.Relay;

/// <summary>A live connection of a node.</summary>
internal sealed class NodeSession(string name, string key, string instance, long generation, FrameSocket socket, NodeFrames frames, TimeProvider time) : INodeLink
{
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ProbePoll = TimeSpan.FromMilliseconds(20);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long pings;
    private long unanswered;

    /// <summary>The node's name.</summary>
    public string Name => name;

    /// <summary>Fingerprint of the key that it proved.</summary>
    public string Key => key;

    /// <summary>The daemon's start.</summary>
    public string Instance => instance;

    /// <summary>The counter that it confirmed with this connection.</summary>
    public long Generation => generation;

    /// <summary>When it last answered.</summary>
    public DateTimeOffset LastSeen => time.GetUtcNow() - TimeSpan.FromMilliseconds(Environment.TickCount64 - socket.LastReceived);

    /// <summary>The newest facts that came over this connection; <see langword="null"/> before the first.</summary>
    public IReadOnlyDictionary<string, string>? Facts { get; private set; }

    /// <summary>Whether the last ping is still unanswered although its time is over.</summary>
    public bool IsSilent(TimeSpan beat) => Volatile.Read(ref unanswered) is > 0 and var since && Environment.TickCount64 - since > beat.TotalMilliseconds / 2;

    /// <summary>Completes with the connection.</summary>
    public Task Ended => ended.Task;

    /// <summary>Sends a frame.</summary>
    /// <returns>Whether the connection took it.</returns>
    public Task<bool> SendAsync(Frame frame) => socket.SendAsync(frame, CancellationToken.None);

    /// <summary>Sends a piece of an execution's input with its header.</summary>
    /// <returns>Whether the connection took it.</returns>
    public Task<bool> SendOutputAsync(ReadOnlyMemory<byte> message) => socket.SendOutputAsync(message, CancellationToken.None);

    /// <summary>Serves until the connection ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await socket.ReceiveAsync(cancellationToken) is { } message)
            {
                Volatile.Write(ref unanswered, 0);
                if (message.Output is { } chunk) await frames.OutputAsync(this, chunk);
                else await TakeAsync(message.Control);
            }
        }
        finally
        {
            ended.TrySetResult();
        }
    }

    /// <summary>One beat: gives up on a connection that let the last ping pass, and asks again.</summary>
    public void Beat()
    {
        if (Volatile.Read(ref unanswered) > 0)
        {
            Abort();
            return;
        }

        _ = PingAsync();
        _ = frames.BeatAsync(this);
    }

    /// <inheritdoc/>
    public async Task<bool> IsThereAsync(TimeSpan beat, CancellationToken cancellationToken) => !IsSilent(beat) || await AnswersAsync(cancellationToken);

    /// <summary>Whether it is there right now.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        await PingAsync();
        var started = time.GetTimestamp();
        while (!ended.Task.IsCompleted && time.GetElapsedTime(started) < ProbeTime)
        {
            if (Volatile.Read(ref unanswered) == 0) return true;
            await Task.Delay(ProbePoll, time, cancellationToken);
        }

        return false;
    }

    /// <summary>Ends the connection at once.</summary>
    public void Abort() => socket.Abort();

    private async Task PingAsync()
    {
        Interlocked.CompareExchange(ref unanswered, Environment.TickCount64, 0);
        await SendAsync(new PingFrame(Interlocked.Increment(ref pings), Facts: true));
    }

    private async Task TakeAsync(FrameReading reading)
    {
        switch (reading.Frame)
        {
            case PongFrame pong:
                if (pong.Facts is not null) Facts = FactText.Bounded(pong.Facts);
                break;
            case ErrorFrame:
                break;
            default:
                if (reading.Frame is { } frame && await frames.TakeAsync(this, frame)) break;
                var about = reading.Frame?.GetType().Name ?? reading.UnknownType ?? "message";
                await SendAsync(new ErrorFrame(about, reading.Problem ?? "this version of the gateway does not know it"));
                break;
        }
    }
}
