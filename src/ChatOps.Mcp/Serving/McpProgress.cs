using ChatOps.Messages;
using ChatOps.Rendering;
using ChatOps.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ChatOps.Mcp.Serving;

/// <summary>Tells a client that wants to know what its call does: the newest line, at a steady pace.</summary>
internal sealed class McpProgress : IToolProgress, IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly SemaphoreSlim news = new(0, 1);
    private readonly TimeProvider time;
    private readonly Task telling;
    private string? next;
    private string? repeated;

    /// <summary>Begins to tell, if the client asked for it.</summary>
    public McpProgress(ProgressToken? token, McpServer server, TimeProvider time)
    {
        this.time = time;
        telling = token is { } wanted ? TellAsync(wanted, server) : Task.CompletedTask;
    }

    public void Output(string node, string text)
    {
        var line = text.AsSpan().TrimEnd().ToString().Split('\n')[^1];
        if (line.Length > 0) Say($"{node}: {line}");
    }

    public void Report(string label, long done, long? total) => Say(total is { } all ? $"{label}: {done} of {all}" : $"{label}: {done}");

    public void Show(RichMessage picture) => Say(PlainMessage.Of(picture).Split('\n')[0]);

    /// <summary>Says something again and again until there is something else to say.</summary>
    public void Repeat(string text)
    {
        Volatile.Write(ref repeated, text);
        Say(text);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await telling;
        end.Dispose();
        news.Dispose();
    }

    private void Say(string text)
    {
        var line = InertText.Of(text.ReplaceLineEndings(" "));
        Volatile.Write(ref next, line.Length <= McpBounds.ProgressCharacters ? line : line[..McpBounds.ProgressCharacters] + "…");
        try
        {
            if (news.CurrentCount == 0) news.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Somebody said it at the same moment, or it is over.
        }
    }

    private async Task TellAsync(ProgressToken token, McpServer server)
    {
        try
        {
            for (var number = 1; ; number++)
            {
                await NewsAsync();
                if ((Interlocked.Exchange(ref next, null) ?? Volatile.Read(ref repeated)) is { } text)
                {
                    // What is being sent is sent whole: a write that is cancelled ends the connection, and with it the answer that follows.
                    await server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = number, Message = text }, null, CancellationToken.None);
                }

                await Task.Delay(McpBounds.ProgressPace, time, end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException or ObjectDisposedException)
        {
            // It is over, or the client has gone; the call itself goes on.
        }
    }

    private async Task NewsAsync()
    {
        using var limit = new CancellationTokenSource(McpBounds.StillWaiting, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, end.Token);
        try
        {
            await news.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            // Nothing new.
        }
    }
}
