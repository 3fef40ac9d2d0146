using System.Diagnostics.CodeAnalysis;
using ModelContextProtocol.Server;

namespace ChatOps.Mcp.Serving;

/// <summary>One client's session. It belongs to the credential that began it.</summary>
/// <param name="id">Random; names it, and opens nothing without the credential.</param>
/// <param name="caller">Whose it is.</param>
/// <param name="wait">How long its calls wait for people.</param>
/// <param name="transport">Carries its messages.</param>
/// <param name="time">The clock.</param>
internal sealed class McpSession(string id, McpCaller caller, TimeSpan wait, StreamableHttpServerTransport transport, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim calls = new(McpBounds.CallsAtOnce);
    private McpServer? server;
    private Task run = Task.CompletedTask;
    private long used = time.GetTimestamp();
    private int open;
    private int listening;
    private volatile string? taintedBy;

    public string Id => id;

    public McpCaller Caller => caller;

    public TimeSpan Wait => wait;

    public StreamableHttpServerTransport Transport => transport;

    /// <summary>Cancelled when the session ends by itself: then nobody asked to stop what it began.</summary>
    public CancellationToken Ending => ending.Token;

    /// <summary>The outside text that the model behind the client has read through this session; null for none.</summary>
    public string? TaintedBy => taintedBy;

    /// <summary>What the client was last told it can use.</summary>
    public string? Listed { get; set; }

    /// <summary>Whether nobody has used it for too long.</summary>
    public bool IsIdle => Volatile.Read(ref open) == 0 && time.GetElapsedTime(Interlocked.Read(ref used)) > McpBounds.Idle;

    /// <summary>Starts to answer.</summary>
    public void Start(McpServer answering)
    {
        server = answering;
        run = answering.RunAsync(ending.Token);
    }

    /// <summary>From now on what is asked here may be the wish of that text.</summary>
    public void Taint(string source) => taintedBy ??= source;

    /// <summary>Keeps it from being idle.</summary>
    public Use Begin()
    {
        Interlocked.Increment(ref open);
        return new Use(this);
    }

    /// <summary>One stream of unasked messages at most.</summary>
    public bool TryListen() => Interlocked.Exchange(ref listening, 1) == 0;

    public void StopListening() => Volatile.Write(ref listening, 0);

    /// <summary>A place for a call; false when too many run.</summary>
    public bool TryCall([NotNullWhen(true)] out IDisposable? place)
    {
        place = calls.Wait(0) ? new Place(calls) : null;
        return place is not null;
    }

    /// <summary>Tells the client that it can use other tools than before.</summary>
    public Task TellOfOtherToolsAsync(CancellationToken cancellationToken) =>
        server?.SendNotificationAsync(ModelContextProtocol.Protocol.NotificationMethods.ToolListChangedNotification, cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        try
        {
            await run;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        if (server is not null) await server.DisposeAsync();
        await transport.DisposeAsync();
    }

    private void End()
    {
        Interlocked.Exchange(ref used, time.GetTimestamp());
        Interlocked.Decrement(ref open);
    }

    /// <summary>A request that is under way.</summary>
    internal readonly struct Use(McpSession session) : IDisposable
    {
        public void Dispose() => session.End();
    }

    private sealed class Place(SemaphoreSlim calls) : IDisposable
    {
        public void Dispose() => calls.Release();
    }
}
