using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Relay;
using ChatOps.Policy;

namespace ChatOps.Fleet.Dispatch;

/// <summary>
/// One execution on a node, as the gateway follows it over any number of connections. What is not known for sure is never claimed: an order
/// that may have arrived ends as unknown when the node does not come back.
/// </summary>
internal sealed class RemoteExecution : IDisposable
{
    /// <summary>Output that may be under way at once.</summary>
    public const long WindowBytes = 256 * 1024;

    /// <summary>How long a node that ran something may stay away, beyond the command's own time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long it may stay away at most while something runs.</summary>
    public static readonly TimeSpan LongestPatience = TimeSpan.FromMinutes(5);

    /// <summary>How long a stop may take to be answered by a node that is connected.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private const int MaxAsked = 3;
    private readonly TaskCompletionSource<ExecutionResult> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly ExecutionRequest request;
    private readonly RemoteOutput output;
    private readonly Func<INodeLink, ExecuteFrame> order;
    private readonly TimeProvider time;
    private readonly ITimer patience;
    private readonly long started;
    private readonly InputFeed? input;
    private INodeLink? session;
    private ExecuteFrame? sent;
    private DateTimeOffset notAfter;
    private long uncredited;
    private long lastHeard;
    private int asked;
    private bool accepted;
    private bool cancelled;

    /// <summary>Makes one that has not begun.</summary>
    /// <param name="request">What runs.</param>
    /// <param name="watcher">Who watches.</param>
    /// <param name="order">Signs the order for the node that is connected.</param>
    /// <param name="time">The clock.</param>
    public RemoteExecution(ExecutionRequest request, IExecutionOutput watcher, Func<INodeLink, ExecuteFrame> order, TimeProvider time)
    {
        this.request = request;
        this.order = order;
        this.time = time;
        output = new RemoteOutput(request.Limits, watcher);
        input = request.Input is { } given ? new InputFeed(request.Id, given) : null;
        started = lastHeard = time.GetTimestamp();
        patience = time.CreateTimer(_ => GiveUp(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        accepted = request.OnlyAttach;
    }

    /// <summary>The node.</summary>
    public string Node => request.Node;

    /// <summary>Its end.</summary>
    public Task<ExecutionResult> Result => result.Task;

    /// <summary>Sends the order, or goes on over a new connection. Over one that it goes over already it does nothing.</summary>
    public Task BeginAsync(INodeLink on) => BeginAsync(on, again: false);

    private async Task BeginAsync(INodeLink on, bool again)
    {
        Frame frame;
        lock (gate)
        {
            if (session == on && !again) return;
            session = on;
            patience.Change(cancelled ? StopPatience : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (sent is null && !request.OnlyAttach)
            {
                frame = sent = order(on);
                notAfter = time.GetUtcNow() + GrantIssuer.Validity;
            }
            else
            {
                uncredited = 0;
                frame = new AttachFrame(request.Id, output.Received, WindowBytes);
            }
        }

        if (!await on.SendAsync(frame))
        {
            Lost(on);
            return;
        }

        if (Volatile.Read(ref cancelled)) await on.SendAsync(new CancelFrame(request.Id));
    }

    /// <summary>Waits for a node that is not connected now.</summary>
    public void Await() => patience.Change(Patience, Timeout.InfiniteTimeSpan);

    /// <summary>Stops it.</summary>
    public void Cancel()
    {
        INodeLink? on;
        lock (gate)
        {
            cancelled = true;
            on = session;
            // A node that is away cannot be asked yet; it is when it comes back.
            patience.Change(on is null ? Patience : StopPatience, Timeout.InfiniteTimeSpan);
        }

        _ = on?.SendAsync(new CancelFrame(request.Id));
    }

    /// <summary>The connection it went over has ended.</summary>
    public void Lost(INodeLink on)
    {
        lock (gate)
        {
            if (session != on) return;
            session = null;
            patience.Change(cancelled ? Patience : HowLong(), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The node has it.</summary>
    public void Accepted() => Volatile.Write(ref accepted, true);

    /// <summary>The node asks for a piece of what the program is to read.</summary>
    public async Task WantedAsync(INodeLink on, WantedFrame wanted)
    {
        lock (gate)
        {
            if (input is null || result.Task.IsCompleted) return;
            accepted = true;
            lastHeard = time.GetTimestamp();
        }

        // Without it nothing starts there; the node says how it ended.
        if (!await input.WantedAsync(on, wanted)) await on.SendAsync(new CancelFrame(request.Id));
    }

    /// <summary>The node refused it.</summary>
    public void Rejected(string reason) => End(ExecutionEnd.Refused, $"{request.Node} refused it, nothing was started: {reason}");

    /// <summary>The node has never started it.</summary>
    public async Task NotKnownAsync(INodeLink on)
    {
        ExecuteFrame? again;
        lock (gate)
        {
            again = !accepted && !cancelled && time.GetUtcNow() < notAfter ? sent : null;
        }

        // The same signed order: whatever happens, its id runs once.
        if (again is not null)
        {
            if (!await on.SendAsync(again)) Lost(on);
        }
        else if (request.OnlyAttach || !accepted)
        {
            End(ExecutionEnd.NotStarted, "It did not reach the node before the connection was lost; nothing was started.");
        }
        else
        {
            End(ExecutionEnd.Unknown, "The node had begun it and does not remember it any more; how it ended is not known. It was not started again.");
        }
    }

    /// <summary>Asks the node again about an execution that should long have ended and is silent; at last nobody waits any more.</summary>
    public async Task AskAgainAsync(INodeLink on)
    {
        lock (gate)
        {
            if (session != on || time.GetElapsedTime(started) < request.Timeout + Patience || time.GetElapsedTime(lastHeard) < Patience) return;
            lastHeard = time.GetTimestamp();
            if (++asked > MaxAsked)
            {
                GiveUp();
                return;
            }
        }

        await BeginAsync(on, again: true);
    }

    /// <summary>Takes a piece of output.</summary>
    /// <returns>How much is to be credited now; below zero when the piece does not fit what came before.</returns>
    public long Append(OutputChunk chunk)
    {
        lock (gate)
        {
            if (result.Task.IsCompleted) return 0;
            if (chunk.Offset != output.Received) return -1;
            accepted = true;
            lastHeard = time.GetTimestamp();
            output.Append(chunk.Bytes.Span);
            uncredited += chunk.Bytes.Length;
            if (uncredited < WindowBytes / 2) return 0;
            var credit = uncredited;
            uncredited = 0;
            return credit;
        }
    }

    /// <summary>It ended.</summary>
    public void Ended(ResultFrame frame)
    {
        lock (gate)
        {
            if (result.Task.IsCompleted) return;
            var (file, problem) = output.End(frame.Output, frame.TotalBytes);
            string?[] notes =
            [
                frame.Message,
                problem,
                file is null && frame.OmittedBytes > 0 && problem is null && request.Limits.FilePath is not null ? "The whole output was not kept." : null,
            ];
            var message = string.Join(' ', notes.Where(n => n is not null));
            result.TrySetResult(new ExecutionResult(
                frame.End, frame.ExitCode, frame.Output, frame.TotalBytes, frame.OmittedBytes, file, TimeSpan.FromMilliseconds(Math.Clamp(frame.DurationMilliseconds, 0, int.MaxValue)),
                message.Length == 0 ? null : message));
        }
    }

    /// <summary>Another gateway follows it: it is not stopped, and its end is not for this one to tell.</summary>
    public void LetGo() => End(ExecutionEnd.Unknown, "Another gateway follows it.");

    /// <summary>Nobody waits for the node any more.</summary>
    public void GiveUp()
    {
        if (request.OnlyAttach)
            End(ExecutionEnd.Unknown, $"{request.Node} did not come back to say how it ended. It is not repeated by itself: look at the node, then decide.");
        else if (!Volatile.Read(ref accepted) && sent is null)
            End(ExecutionEnd.Unreachable, $"{request.Node} could not be reached; nothing was started.");
        else if (!Volatile.Read(ref accepted) && request.Risk == Risk.Read)
            End(ExecutionEnd.Unreachable, $"{request.Node} did not confirm that it got it. It only reads, so it is safe to ask again.");
        else if (Volatile.Read(ref cancelled))
            End(ExecutionEnd.Unknown, $"{request.Node} did not answer the stop; how it ended is not known. Its own time limit ends it at the latest.");
        else
            End(ExecutionEnd.Unknown, $"The connection to {request.Node} was lost while it ran, and the node did not come back. It is not repeated by itself: look at the node, then decide.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        patience.Dispose();
        lock (gate) output.Dispose();
    }

    private TimeSpan HowLong()
    {
        if (!accepted) return Longer(notAfter - time.GetUtcNow(), TimeSpan.FromSeconds(1));
        var left = request.Timeout - time.GetElapsedTime(started) + Patience;
        return left > LongestPatience ? LongestPatience : Longer(left, Patience);
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private void End(ExecutionEnd end, string message) =>
        result.TrySetResult(new ExecutionResult(end, null, "", output.Received, output.Received, null, time.GetElapsedTime(started), message));
}
