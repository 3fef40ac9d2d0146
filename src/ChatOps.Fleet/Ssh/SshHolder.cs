using System.ComponentModel;
using System.Diagnostics;

namespace ChatOps.Fleet.Ssh;

/// <summary>
/// One warm connection: the ssh that is its master, with a shell at the other end that answers every line. It ends when this process ends, because
/// the shell then reads the end of its input; commands that still run over it are let run.
/// </summary>
internal sealed class SshHolder : IDisposable
{
    private static readonly byte[] BeatLine = "beat\n"u8.ToArray();
    private static readonly TimeSpan CloseTime = TimeSpan.FromMilliseconds(500);
    private readonly TaskCompletionSource<SshProblem?> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SaidLines said = new();
    private readonly List<string> facts = [];
    private readonly SshAddress address;
    private readonly TimeProvider time;
    private readonly Process process;
    private bool begun;
    private long asked;

    private SshHolder(Process process, SshAddress address, TimeProvider time)
    {
        (this.process, this.address, this.time) = (process, address, time);
        LastSeen = time.GetUtcNow();
    }

    /// <summary>Completes when the connection is good, or with the reason why it is not.</summary>
    public Task<SshProblem?> Ready => ready.Task;

    /// <summary>Completes when the connection has ended.</summary>
    public Task Ended => ended.Task;

    /// <summary>About the machine, once it is ready.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; private set; } = new Dictionary<string, string>();

    /// <summary>When the other end last answered.</summary>
    public DateTimeOffset LastSeen { get; private set; }

    /// <summary>Begins a connection.</summary>
    public static SshHolder Start(IReadOnlyList<string> arguments, SshAddress address, TimeProvider time)
    {
        var holder = new SshHolder(SshClient.Start(arguments), address, time);
        _ = holder.FollowAsync();
        return holder;
    }

    /// <summary>Asks the other end whether it is there.</summary>
    /// <param name="patience">How long it may have been silent after it was asked.</param>
    /// <returns>Whether it was not silent for too long.</returns>
    public bool Beat(TimeSpan patience)
    {
        if (Volatile.Read(ref asked) is var since and not 0) return time.GetElapsedTime(since) <= patience;
        Volatile.Write(ref asked, time.GetTimestamp());
        try
        {
            var input = process.StandardInput.BaseStream;
            input.Write(BeatLine);
            input.Flush();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It ends; whoever waits for that is told.
        }

        return true;
    }

    /// <summary>Ends the connection at once.</summary>
    public void Kill()
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

    /// <summary>Ends the connection as one should.</summary>
    public async Task CloseAsync()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It has ended.
        }

        await Task.WhenAny(Ended, Task.Delay(CloseTime, time));
        Kill();
        await Ended;
    }

    /// <inheritdoc/>
    public void Dispose() => process.Dispose();

    private async Task FollowAsync()
    {
        var errors = BoundedLines.ReadAsync(process.StandardError.BaseStream, said.Add);
        await BoundedLines.ReadAsync(process.StandardOutput.BaseStream, Take);
        await process.WaitForExitAsync();
        // A bastion's client may hold it open for a moment longer.
        await Task.WhenAny(errors, Task.Delay(CloseTime, time));
        var lines = said.All();
        ready.TrySetResult(begun || process.ExitCode != 255
            ? new(SshProblemKind.NoShell, $"{address} let us in, but gave no shell that runs commands: {lines.LastOrDefault(l => l.Trim().Length > 0) ?? "it closed the session"}")
            : SshProblem.From(lines, address));
        ended.TrySetResult();
    }

    private void Take(string line)
    {
        LastSeen = time.GetUtcNow();
        if (ready.Task.IsCompleted)
        {
            Volatile.Write(ref asked, 0);
        }
        else if (line == SshScript.HolderBegin)
        {
            begun = true;
        }
        else if (!begun)
        {
            said.Add(line);
        }
        else if (line == SshScript.HolderReady)
        {
            Facts = SshFacts.Read(facts);
            ready.TrySetResult(null);
        }
        else
        {
            facts.Add(line);
        }
    }
}
