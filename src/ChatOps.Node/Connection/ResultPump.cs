using ChatOps.Diagnostics;
using ChatOps.Fleet;
using ChatOps.Fleet.Frames;

namespace ChatOps.Node.Connection;

/// <summary>Brings one execution's output and result to the gateway over one connection, at the pace that the gateway credits.</summary>
internal sealed class ResultPump(NodeExecution execution, FrameSocket socket, long offset, long window)
{
    /// <summary>What ends within this time is answered with its result alone.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    private readonly CreditWindow credit = new(window);
    private long sent = offset;

    /// <summary>The gateway takes more.</summary>
    public void Credit(long bytes)
    {
        credit.Add(bytes);
        execution.Spool.Wake();
    }

    /// <summary>Runs until the result is sent or the connection ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await EndsSoonAsync(cancellationToken) && sent == 0 && Fits(await execution.Result))
            {
                await SendResultAsync(await execution.Result, cancellationToken);
                return;
            }

            if (!await socket.SendAsync(new AcceptedFrame(execution.Plan.Id), cancellationToken)) return;
            if (await StreamAsync(cancellationToken)) await SendResultAsync(await execution.Result, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The connection ended; the next one goes on.
        }
    }

    // Everything it printed stands in the result.
    private static bool Fits(ExecutionResult result) => result.OmittedBytes == 0;

    private async Task<bool> EndsSoonAsync(CancellationToken cancellationToken)
    {
        if (execution.Result.IsCompleted) return true;

        // Whoever ends the execution goes on from here and sends the result, without another thread.
        var soon = new TaskCompletionSource<bool>();
        await using var limit = TimeProvider.System.CreateTimer(_ => soon.TrySetResult(false), null, Short, Timeout.InfiniteTimeSpan);
        _ = execution.Result.ContinueWith(_ => soon.TrySetResult(true), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var ended = await soon.Task;
        cancellationToken.ThrowIfCancellationRequested();
        return ended;
    }

    private async Task<bool> StreamAsync(CancellationToken cancellationToken)
    {
        var message = new byte[OutputChunk.MaxHeaderBytes + FrameCodec.MaxChunkBytes];
        while (true)
        {
            // In this order: what is kept when the execution has ended is all there will be.
            var ended = execution.Result.IsCompleted;
            var kept = execution.Spool.Length - sent;
            if (kept <= 0 && ended) return true;
            var allowed = kept <= 0 ? 0 : credit.Take((int)Math.Min(kept, FrameCodec.MaxChunkBytes));
            if (allowed == 0)
            {
                await execution.Spool.ChangedAsync(cancellationToken);
                continue;
            }

            var header = OutputChunk.WriteHeader(message, execution.Plan.Id, sent);
            var read = execution.Spool.Read(sent, message.AsSpan(header, allowed));
            // A file that cannot be read any more: the rest of the output is lost, the result is not.
            if (read == 0) return true;
            credit.Add(allowed - read);
            if (!await socket.SendOutputAsync(message.AsMemory(0, header + read), cancellationToken)) return false;
            sent += read;
        }
    }

    private async Task<bool> SendResultAsync(ExecutionResult result, CancellationToken cancellationToken)
    {
        var isSent = await socket.SendAsync(Frame(execution.Plan.Id, result, execution.Spool.Length), cancellationToken);
        CrashPoint.Hit("node.sent");
        return isSent;
    }

    /// <summary>A result as it is sent.</summary>
    public static ResultFrame Frame(string id, ExecutionResult result, long streamed) => new(
        id, result.End, result.ExitCode, result.Output, result.TotalBytes, result.OmittedBytes, streamed, result.Duration.TotalMilliseconds, result.Message);
}
