using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatOps.Fleet.Dispatch;
using ChatOps.Policy;

namespace ChatOps.Fleet.Ssh;

/// <summary>
/// One execution over a node's connection. The script is sent only when the other end's shell has said that it waits for it, so what ended before
/// that started nothing; what ends later without the script's own word about it is unknown.
/// </summary>
internal sealed class SshExecution : IDisposable
{
    /// <summary>How long a stop may take to be answered, and how far the gateway lets a node's own time limit be exceeded.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    /// <summary>How long output is read after the command's end at most.</summary>
    public static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    private const int KeyBytes = 16;
    private readonly string key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
    private readonly string mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource said = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SaidLines noise = new();
    private readonly ExecutionRequest request;
    private readonly SshLink link;
    private readonly RemoteOutput output;
    private readonly OutputExcerpt excerpt;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly long begin;
    private bool sent, begun, timedOut, cancelled, over;
    private string? notStarted;
    private int? status;
    private int left;

    /// <summary>Makes one that has not begun.</summary>
    public SshExecution(ExecutionRequest request, SshLink link, IExecutionOutput watcher, TimeProvider time)
    {
        (this.request, this.link, this.time) = (request, link, time);
        output = new RemoteOutput(request.Limits, watcher);
        excerpt = new OutputExcerpt(request.Limits.HeadBytes, request.Limits.TailBytes);
        begin = time.GetTimestamp();
    }

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled before anything was sent.</exception>
    public async Task<ExecutionResult> RunAsync(CancellationToken cancellationToken)
    {
        using var process = Start(SshScript.Opening(key));
        if (process is null) return Ended(ExecutionEnd.Unreachable, $"{link.Node} could not be reached, nothing was started: there is no OpenSSH client on the gateway's machine.");
        var ending = Task.WhenAll(ReadOutputAsync(process.StandardOutput.BaseStream), BoundedLines.ReadAsync(process.StandardError.BaseStream, Hear), process.WaitForExitAsync(CancellationToken.None));
        try
        {
            await BeginAsync(process, ending, cancellationToken);
            if (sent) await FollowAsync(process, ending, cancellationToken);
        }
        finally
        {
            Kill(process);
            // Nothing is taken any more once the result is made.
            await Task.WhenAny(ending, Task.Delay(DrainLimit, time, CancellationToken.None));
            lock (gate) over = true;
        }

        return Result();
    }

    /// <inheritdoc/>
    public void Dispose() => output.Dispose();

    private async Task BeginAsync(Process process, Task ending, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, link.Closed);
        await Task.WhenAny(ready.Task, ending, Task.Delay(StopPatience, time, stop.Token));
        cancellationToken.ThrowIfCancellationRequested();
        if (!ready.Task.IsCompleted || link.Closed.IsCancellationRequested) return;
        sent = true;
        try
        {
            var input = process.StandardInput.BaseStream;
            await input.WriteAsync(Encoding.UTF8.GetBytes(SshScript.Run(request, key, mark)), CancellationToken.None);
            if (request.Input is { } content) await SendAsync(content, process, cancellationToken);
            await input.FlushAsync(CancellationToken.None);
            input.Close();
        }
        catch (OperationCanceledException)
        {
            // The shell was not given all that it would begin with: it begins nothing.
            sent = false;
            notStarted = "It was stopped before all of the content was sent; nothing was started.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The connection is gone, or the content; how much of it arrived is not known.
        }
    }

    private async Task SendAsync(ExecutionInput content, Process process, CancellationToken cancellationToken)
    {
        await using var closed = link.Closed.Register(() => Kill(process));
        await SshInput.SendAsync(content, key, process.StandardInput.BaseStream, cancellationToken);
    }

    private async Task FollowAsync(Process process, Task ending, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, link.Closed);
        // The node's own limit comes first; this one is for a node whose limit does not work.
        var over = Task.Delay(request.Timeout + StopPatience, time, stop.Token);
        await Task.WhenAny(said.Task, ending, over);
        if (!said.Task.IsCompleted && !ending.IsCompleted)
        {
            if (stop.IsCancellationRequested) cancelled = true;
            else timedOut = true;
            await Task.WhenAny(StopAsync(), Task.Delay(StopPatience, time, CancellationToken.None));
            await Task.WhenAny(said.Task, ending, Task.Delay(StopPatience, time, CancellationToken.None));
        }

        await stop.CancelAsync();
        // Output that something still holds open is not waited for.
        if (said.Task.IsCompleted) await Task.WhenAny(ending, Task.Delay(DrainLimit, time, CancellationToken.None));
    }

    // Over a session of its own. When the connection is gone, ssh makes one for it alone.
    private async Task StopAsync()
    {
        if (await Task.WhenAny(started.Task, Task.Delay(StopPatience, time, CancellationToken.None)) != started.Task) return;
        using var process = Start("exec /bin/sh -c 'exec /bin/sh'");
        if (process is null) return;
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(SshScript.Stop(await started.Task, mark)), CancellationToken.None);
            process.StandardInput.Close();
            var read = Task.WhenAll(
                BoundedLines.ReadAsync(process.StandardOutput.BaseStream, noise.Add), BoundedLines.ReadAsync(process.StandardError.BaseStream, noise.Add), process.WaitForExitAsync(CancellationToken.None));
            await Task.WhenAny(read, Task.Delay(StopPatience, time, CancellationToken.None));
        }
        catch (IOException)
        {
            // Then the node's own time limit ends it.
        }
        finally
        {
            Kill(process);
        }
    }

    private Process? Start(string command)
    {
        try
        {
            return SshClient.Start(link.Session(command));
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended.
        }
    }

    private void Hear(string line)
    {
        if (!line.StartsWith(key, StringComparison.Ordinal))
        {
            noise.Add(line);
            return;
        }

        link.Seen();
        var words = line[key.Length..].Trim().Split(' ', 2);
        var rest = words.Length > 1 ? words[1] : "";
        switch (words[0])
        {
            case SshWord.Ready:
                ready.TrySetResult();
                break;
            case SshWord.NoDirectory:
                notStarted = $"The working directory {request.WorkingDirectory} does not exist on {link.Node} or may not be entered.";
                said.TrySetResult();
                break;
            case SshWord.NoProgram:
                notStarted = $"{rest}: program not found on {link.Node}.";
                said.TrySetResult();
                break;
            case SshWord.NoInput:
                notStarted = $"The content did not arrive whole on {link.Node} (or base64, mktemp or sha256sum is missing there); nothing was started.";
                said.TrySetResult();
                break;
            case SshWord.Begin:
                begun = true;
                break;
            case SshWord.Started when int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var group) && group > 1:
                started.TrySetResult(group);
                break;
            case SshWord.TimedOut:
                timedOut = true;
                break;
            case SshWord.Exit when rest.Split(' ') is [var code, var behind]
                && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var exit) && int.TryParse(behind, NumberStyles.None, CultureInfo.InvariantCulture, out var processes):
                (status, left) = (exit, processes);
                said.TrySetResult();
                break;
        }
    }

    private async Task ReadOutputAsync(Stream stream)
    {
        var instead = await SshOutput.ReadAsync(stream, key, Take);
        if (instead.Length > 0) noise.Add(instead);
    }

    private void Take(ReadOnlyMemory<byte> bytes)
    {
        lock (gate)
        {
            if (over || bytes.IsEmpty) return;
            excerpt.Append(bytes.Span);
            output.Append(bytes.Span);
        }
    }

    private ExecutionResult Result()
    {
        if (notStarted is not null) return Ended(ExecutionEnd.NotStarted, notStarted);
        if (status is not null)
        {
            var limit = string.Create(CultureInfo.InvariantCulture, $"It ran longer than {request.Timeout.TotalSeconds:0.###} s and was stopped.");
            return timedOut ? Ended(ExecutionEnd.TimedOut, limit)
                : cancelled ? Ended(ExecutionEnd.Cancelled, "It was cancelled and stopped.")
                : Ended(ExecutionEnd.Exited, left == 0 ? null : $"It left {left} {(left == 1 ? "process" : "processes")} behind; {(left == 1 ? "it was" : "they were")} stopped.");
        }

        if (!sent)
        {
            var problem = SshProblem.From(noise.All(), link.Address);
            return Ended(ExecutionEnd.Unreachable, $"Nothing was started: {problem.Reason}.");
        }

        if (!begun && request.Risk == Risk.Read) return Ended(ExecutionEnd.Unreachable, $"{link.Node} did not confirm that it got it. It only reads, so it is safe to ask again.");
        return Ended(ExecutionEnd.Unknown, cancelled || timedOut
            ? $"{link.Node} did not answer the stop; how it ended is not known. Its own time limit ends it at the latest."
            : $"The connection to {link.Node} was lost while it ran; how it ended is not known. It is not repeated by itself: look at the node, then decide.");
    }

    private ExecutionResult Ended(ExecutionEnd end, string? message)
    {
        lock (gate)
        {
            var text = excerpt.Text(out var omitted);
            var (file, problem) = output.End(text, excerpt.Total);
            var notes = string.Join(' ', new[] { message, problem }.Where(n => n is not null));
            return new ExecutionResult(
                end, end is ExecutionEnd.Exited or ExecutionEnd.TimedOut or ExecutionEnd.Cancelled ? status : null, text, excerpt.Total, omitted, file, time.GetElapsedTime(begin),
                notes.Length == 0 ? null : notes);
        }
    }
}
