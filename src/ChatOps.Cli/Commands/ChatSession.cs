using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using ChatOps.Cli.Client;
using ChatOps.Cli.Terminal;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary>A conversation as a terminal sees it: says things, waits for their answers, and prints what is new.</summary>
internal sealed class ChatSession(CliContext context, GatewayConnection connection, bool json) : IAsyncDisposable
{
    private const string Conversation = "cli";
    private const int MaxWaitingEvents = 4096;

    // So many entries of the conversation are looked at again whenever listening begins anew: what changed meanwhile is among them.
    private const int Recent = 50;

    private static readonly JsonElement AwayEvent = JsonElement.Parse("""{"event":"away"}""");

    // An answer is posted in the transaction that ends the turn, but its delivery is told a moment later.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);

    private readonly Channel<JsonElement> events = Channel.CreateBounded<JsonElement>(MaxWaitingEvents);
    private readonly CancellationTokenSource closing = new();
    private readonly Dictionary<string, ChatAnswer> messages = [];
    private readonly Dictionary<string, string> states = [];
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
        using var spinner = json ? null : new Spinner(context.Streams, "working");
        // A message that was said twice under one id is taken once.
        var clientId = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var id = await connection.AskAsync(c => c.SayAsync(Conversation, clientId, text, cancellationToken), () => spinner?.Show(GatewayConnection.Away), cancellationToken);
        var state = "accepted";
        while (state is "accepted" or "working" or "suspended")
        {
            var change = await events.Reader.ReadAsync(cancellationToken);
            ShowState(spinner, change);
            if (!Take(change) || change.GetProperty("id").GetString() != id) continue;
            var before = state;
            state = states[id];
            if (state != "suspended") continue;
            // Whoever listens anew is told again what stands: then there is nothing to wait for.
            await WaitForAnswerAsync(id, before == state ? Quiet : AnswerLimit, cancellationToken);
            spinner?.Show("waiting for people (Ctrl+C leaves it pending)");
            if (!json) Print(spinner);
            if (!wait) return Finish(id, "suspended", ExitCodes.NotApproved);
            state = states[id];
        }

        await WaitForAnswerAsync(id, AnswerLimit, cancellationToken);
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
            await ListenFirstAsync(ready, cancellationToken);
            // A stream has an end after a while, so that a revoked token does not listen forever; then it is opened anew.
            while (true)
            {
                await connection.AskAsync(c => ListenAsync(c, ready, cancellationToken), () => events.Writer.TryWrite(AwayEvent), cancellationToken);
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

    // A gateway that was never there is not waited for; one that has gone is, by whoever listens anew.
    private async Task ListenFirstAsync(TaskCompletionSource ready, CancellationToken cancellationToken)
    {
        try
        {
            await ListenAsync(connection.Client, ready, cancellationToken);
        }
        catch (CliFailureException) when (ready.Task.IsCompleted)
        {
            events.Writer.TryWrite(AwayEvent);
        }
    }

    // True when the stream has come to its end.
    private async Task<bool> ListenAsync(GatewayClient client, TaskCompletionSource ready, CancellationToken cancellationToken)
    {
        await foreach (var change in client.WatchAsync(Conversation, Recent, cancellationToken))
        {
            if (change.GetProperty("event").GetString() == "ready") ready.TrySetResult();
            else if (ready.Task.IsCompleted) await events.Writer.WriteAsync(change, cancellationToken);
            else Know(change);
        }

        return true;
    }

    // What was there before this session is not news.
    private void Know(JsonElement entry)
    {
        Take(entry);
        foreach (var (id, message) in messages.Where(m => !m.Value.Printed).ToList()) messages[id] = message with { Printed = true };
    }

    // True for a change of something that was said.
    private bool Take(JsonElement change)
    {
        switch (change.GetProperty("event").GetString())
        {
            case "message":
                var id = change.GetProperty("id").GetString()!;
                var content = change.GetProperty("message");
                var answers = change.TryGetProperty("answers", out var inbound) ? inbound.GetString() : null;
                if (!messages.TryGetValue(id, out var known) || !JsonElement.DeepEquals(known.Content, content)) messages[id] = new(content, answers, Printed: false);
                return false;
            case "inbound":
                states[change.GetProperty("id").GetString()!] = change.GetProperty("state").GetString()!;
                return true;
            default:
                return false;
        }
    }

    private async Task WaitForAnswerAsync(string id, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(messages.Values.Any(m => m.Answers == id && !m.Printed) ? Quiet : longest);
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
            var content = message.Content.Deserialize<RichMessage>(Json.Options)!;
            if (spinner is null) printer.Print(content);
            else spinner.Around(() => printer.Print(content));
            messages[id] = message with { Printed = true };
        }
    }

    private static void ShowState(Spinner? spinner, JsonElement change)
    {
        if (spinner is null) return;
        switch (change.GetProperty("event").GetString())
        {
            case "away":
                spinner.Show(GatewayConnection.Away);
                break;
            case "progress" when change.GetProperty("message").Deserialize<RichMessage>(Json.Options)!.Blocks.OfType<ProgressBlock>().FirstOrDefault() is { } bar:
                spinner.Show(bar.Total is { } total ? $"{bar.Label} {bar.Done} of {total}" : bar.Label);
                break;
        }
    }
}
