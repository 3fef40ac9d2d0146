using System.Collections.Concurrent;
using System.ComponentModel;

namespace ChatOps.Fleet.Ssh;

/// <summary>The way to one node: its warm connection, made when it is needed and again when it was lost, and the places for sessions over it.</summary>
internal sealed class SshLink(string node, SshAddress address, SshClient client, SshPlaces places, SshOptions options, TimeProvider time) : IAsyncDisposable
{
    // Beyond what ssh itself is told: the login at the other end takes a moment too.
    private static readonly TimeSpan LoginTime = TimeSpan.FromSeconds(10);
    private readonly Lock gate = new();
    private readonly CancellationTokenSource closed = new();
    private readonly ConcurrentDictionary<Task, bool> running = new();
    private SshHolder? holder;
    private Task<SshProblem?>? connecting;

    /// <summary>The node's name.</summary>
    public string Node => node;

    /// <summary>How it is reached.</summary>
    public SshAddress Address => address;

    /// <summary>Places for commands over the connection.</summary>
    public SemaphoreSlim Places { get; } = new(options.MaxSessions);

    /// <summary>Cancelled when the node is no member any more or the gateway stops.</summary>
    public CancellationToken Closed => closed.Token;

    /// <summary>Whether the connection is good now.</summary>
    public bool IsUp => holder is { } h && h.Ready is { IsCompletedSuccessfully: true, Result: null } && !h.Ended.IsCompleted;

    /// <summary>Why the last attempt failed.</summary>
    public SshProblem? Problem { get; private set; }

    /// <summary>When the node last answered in this process's life.</summary>
    public DateTimeOffset? LastSeen { get; private set; }

    /// <summary>About the machine, as of the last connection.</summary>
    public IReadOnlyDictionary<string, string>? Facts { get; private set; }

    /// <summary>Called when a connection was made or was lost, with what is wrong.</summary>
    public Func<SshLink, SshProblem?, Task>? Changed { get; init; }

    /// <summary>Waits for a good connection; makes one when there is none.</summary>
    /// <returns>Why there is none; <see langword="null"/> when there is.</returns>
    public Task<SshProblem?> EnsureAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (IsUp) return Task.FromResult<SshProblem?>(null);
            if (connecting is null or { IsCompleted: true }) connecting = ConnectAsync();
            return connecting.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Asks the node whether it is there. A silent one's connection is given up.</summary>
    public void Beat(TimeSpan beat)
    {
        if (holder is not { } h || !IsUp) return;
        LastSeen = h.LastSeen;
        if (!h.Beat(beat + beat)) h.Kill();
    }

    /// <summary>Something came from the node.</summary>
    public void Seen() => LastSeen = time.GetUtcNow();

    /// <summary>What runs over it now.</summary>
    public IReadOnlyList<Task> Running => [.. running.Keys];

    /// <summary>Counts something as running over it until it ends.</summary>
    public async Task<T> TrackAsync<T>(Task<T> execution)
    {
        running.TryAdd(execution, true);
        try
        {
            return await execution;
        }
        finally
        {
            running.TryRemove(execution, out _);
        }
    }

    /// <summary>The arguments of a session.</summary>
    public IReadOnlyList<string> Session(string command) => client.Session(node, address, command);

    /// <summary>Lets nothing more begin and stops what runs; the connection is still there.</summary>
    public Task StopAsync() => closed.CancelAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        Task<SshProblem?>? attempt;
        lock (gate) attempt = connecting;
        if (attempt is not null) await attempt;
        if (holder is { } h) await h.CloseAsync();
    }

    private async Task<SshProblem?> ConnectAsync()
    {
        await Task.Yield();
        var problem = await TryConnectAsync();
        Problem = problem;
        if (Changed is { } changed) await changed(this, problem);
        return problem;
    }

    private async Task<SshProblem?> TryConnectAsync()
    {
        if (closed.IsCancellationRequested) return new(SshProblemKind.Unreachable, $"{node} is no member any more");
        SshHolder attempt;
        try
        {
            // What a gateway that was killed left behind; nobody listens there.
            File.Delete(places.Socket(node));
            attempt = SshHolder.Start(client.Holder(node, address), address, time);
        }
        catch (Win32Exception)
        {
            return new(SshProblemKind.NoClient, "there is no OpenSSH client on the gateway's machine: install it (on Debian and Ubuntu: openssh-client)");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(SshProblemKind.Unreachable, $"the place for its connection could not be made: {e.Message}");
        }

        try
        {
            if (await attempt.Ready.WaitAsync(options.ConnectTimeout + LoginTime, time, closed.Token) is { } problem)
            {
                await attempt.Ended;
                attempt.Dispose();
                return problem;
            }
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            attempt.Kill();
            await attempt.Ended;
            attempt.Dispose();
            return new(SshProblemKind.Unreachable, $"{address} did not answer in time");
        }

        holder?.Dispose();
        holder = attempt;
        Facts = attempt.Facts;
        LastSeen = attempt.LastSeen;
        _ = WatchAsync(attempt);
        return null;
    }

    private async Task WatchAsync(SshHolder up)
    {
        await up.Ended;
        if (!closed.IsCancellationRequested && Changed is { } changed)
            await changed(this, Problem = new(SshProblemKind.Unreachable, $"the connection to {address} was lost"));
    }
}
