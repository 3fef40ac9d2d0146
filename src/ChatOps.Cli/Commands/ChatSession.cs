using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using ChatOps.Cli.Client;
using ChatOps.Cli.Terminal;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary>A conversation as a terminal sees it: says things, waits for their answers, and prints what is new.</summary>
internal sealed class ChatSession(CliContext context, GatewayClient client, bool json) : IAsyncDisposable
{
    private const string Conversation = "cli";
    private const int MaxWaitingEvents = 4096;

    // An answer is posted in the transaction that ends the turn, but its delivery is told a moment later.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);

    private readonly Channel<JsonElement> events = Channel.CreateBounded<JsonElement>(MaxWaitingEvents);
    private readonly CancellationTokenSource closing = new();
    private readonly Dictionary<string, ChatAnswer> messages = [];
    private readonly MessagePrinter printer = new(context.Streams);
    private Task watching = Task.CompletedTask;

    /// <summary>Begins to listen; from then on nothing is missed.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watching = WatchAsync(ready, closing.Token);
        await ready.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Says something, and prints the answers until the turn has ended (or waits for people and <paramref name="wait"/> is false).</summary>
    /// <returns>An exit code.</returns>
    public async Task<int> AskAsync(string text, bool wait, CancellationToken cancellationToken)
    {
        var id = await client.SayAsync(Conversation, RandomNumberGenerator.GetHexString(32, lowercase: true), text, cancellationToken);
        using var spinner = json ? null : new Spinner(context.Streams, "working");
        var state = "accepted";
        while (state is "accepted" or "working" or "suspended")
        {
            var change = await events.Reader.ReadAsync(cancellationToken);
            if (change.GetProperty("event").GetString() == "progress") ShowProgress(spinner, change);
            if (!Take(change) || change.GetProperty("id").GetString() != id) continue;
            state = change.GetProperty("state").GetString()!;
            if (state != "suspended") continue;
            await WaitForAnswerAsync(id, cancellationToken);
            spinner?.Show("waiting for people (Ctrl+C leaves it pending)");
            if (!json) Print(spinner);
            if (!wait) return Finish(id, "suspended", ExitCodes.NotApproved);
        }

        await WaitForAnswerAsync(id, cancellationToken);
        spinner?.Dispose();
        return Finish(id, state, state == "done" ? ExitCodes.Done : ExitCodes.Failed);
    }

    /// <summary>Prints what came meanwhile.</summary>
    public void PrintNews()
    {
        while (events.Reader.TryRead(out var change)) Take(change);
        Print(null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await watching;
        closing.Dispose();
    }

    private async Task WatchAsync(TaskCompletionSource ready, CancellationToken cancellationToken)
    {
        try
        {
            // A stream has an end after a while, so that a revoked token does not listen forever; then it is opened anew.
            while (true)
            {
                await foreach (var change in client.WatchAsync(Conversation, cancellationToken))
                {
                    if (change.GetProperty("event").GetString() == "ready") ready.TrySetResult();
                    else await events.Writer.WriteAsync(change, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            events.Writer.TryComplete();
        }
        catch (CliFailureException e)
        {
            ready.TrySetException(e);
            events.Writer.TryComplete(e);
        }
    }

    // True for a change of something that was said.
    private bool Take(JsonElement change)
    {
        switch (change.GetProperty("event").GetString())
        {
            case "message":
                var id = change.GetProperty("id").GetString()!;
                var content = change.GetProperty("message").Deserialize<RichMessage>(Json.Options)!;
                var answers = change.TryGetProperty("answers", out var inbound) ? inbound.GetString() : null;
                messages[id] = new(content, answers, Printed: false);
                return false;
            case "inbound":
                return true;
            default:
                return false;
        }
    }

    private async Task WaitForAnswerAsync(string id, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(messages.Values.Any(m => m.Answers == id && !m.Printed) ? Quiet : AnswerLimit);
        try
        {
            while (true)
            {
                Take(await events.Reader.ReadAsync(limit.Token));
                if (messages.Values.Any(m => m.Answers == id && !m.Printed)) limit.CancelAfter(Quiet);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Quiet: everything that belongs to it has come.
        }
    }

    private int Finish(string id, string state, int exitCode)
    {
        if (json)
        {
            var answers = messages.Where(m => m.Value.Answers == id).OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => m.Value.Content);
            context.Streams.Output.WriteLine(Json.Write(new { message = id, state, answers }));
        }
        else
        {
            Print(null);
        }

        return exitCode;
    }

    private void Print(Spinner? spinner)
    {
        foreach (var (id, message) in messages.Where(m => !m.Value.Printed).OrderBy(m => m.Key, StringComparer.Ordinal).ToList())
        {
            if (spinner is null) printer.Print(message.Content);
            else spinner.Around(() => printer.Print(message.Content));
            messages[id] = message with { Printed = true };
        }
    }

    private static void ShowProgress(Spinner? spinner, JsonElement change)
    {
        var content = change.GetProperty("message").Deserialize<RichMessage>(Json.Options)!;
        var bar = content.Blocks.OfType<ProgressBlock>().FirstOrDefault();
        if (bar is not null) spinner?.Show(bar.Total is { } total ? $"{bar.Label} {bar.Done} of {total}" : bar.Label);
    }
}
