using System.Threading.Channels;
using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.Extensions.Logging;

namespace ChatOps.Agent.Turns;

/// <summary>
/// The message of a turn that takes a while: posted durably after a delay, then showing the newest output as passing states, and edited to the result at the end.
/// A quick turn never posts it. Without a store it shows nothing; the turn goes on.
/// </summary>
internal sealed partial class WorkingMessage : IToolProgress, IAsyncDisposable
{
    private readonly Turn turn;
    private readonly string? job;
    private readonly TurnStore store;
    private readonly IReplies replies;
    private readonly AgentOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<WorkingMessage> log;
    private readonly ProgressText text;
    private readonly CancellationTokenSource ended = new();
    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly TaskCompletionSource spoke = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task showing;
    private string? id;
    private bool isOver;

    public WorkingMessage(Turn turn, string says, string? job, TurnStore store, IReplies replies, IRedactor redactor, AgentOptions options, TimeProvider time, ILogger<WorkingMessage> log)
    {
        (this.turn, this.job, this.store, this.replies, this.options, this.time, this.log) = (turn, job, store, replies, options, time, log);
        text = new ProgressText(says, redactor);
        showing = turn.IsQuiet ? Task.CompletedTask : ShowAsync(ended.Token);
    }

    /// <inheritdoc/>
    public void Output(string node, string piece)
    {
        text.Add(node, piece);
        changed.Writer.TryWrite(true);
    }

    /// <inheritdoc/>
    public void Report(string label, long done, long? total)
    {
        text.Set(label, done, total);
        changed.Writer.TryWrite(true);
    }

    /// <summary>A model begins a message: what a tool showed before it makes room.</summary>
    public void BeginText() => text.BeginText();

    /// <summary>A piece of what a model says.</summary>
    public void Say(string piece)
    {
        text.Say(piece);
        spoke.TrySetResult();
        changed.Writer.TryWrite(true);
    }

    /// <inheritdoc/>
    public void Show(RichMessage picture)
    {
        text.Show(picture);
        changed.Writer.TryWrite(true);
    }

    /// <summary>Stops showing; nothing is shown after this returns, also where the result is sent by another gateway.</summary>
    /// <returns>The message's id, when it was posted.</returns>
    public async Task<string?> StopAsync()
    {
        await ended.CancelAsync();
        await showing;
        if (id is null || isOver) return id;
        isOver = true;
        await replies.EndProgressAsync(id, turn.Conversation);
        return id;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        ended.Dispose();
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(spoke.Task, Task.Delay(options.OutputAfter, time, cancellationToken));
            var output = changed.Reader.WaitToReadAsync(cancellationToken).AsTask();
            await Task.WhenAny(output, Task.Delay(options.WorkingAfter - options.OutputAfter, time, cancellationToken));
            // The first words wait a moment: a quick answer is one message.
            if (spoke.Task.IsCompleted) await Task.Delay(options.TextAfter, time, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();

            // Not cancelled half-way: whether it is posted must be known. Output is only ever shown in passing: a long one of a lasting message would be sent as a file.
            var posted = await store.PostWorkingAsync(turn, text.Heading(), job, CancellationToken.None);
            id = posted?.Id;
            if (posted is null) return;
            // A job can be stopped from its message before it has anything to show.
            if (posted.Buttons is not null) changed.Writer.TryWrite(true);
            while (await changed.Reader.ReadAsync(cancellationToken))
            {
                var now = text.Render();
                replies.ShowProgress(posted.Id, turn.Conversation, posted.Buttons is null ? now : new RichMessage([.. now.Blocks, posted.Buttons]));
                await Task.Delay(options.ProgressInterval, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The turn has ended.
        }
        catch (StoreUnavailableException e)
        {
            LogNotPosted(turn.Item.Id, e.Message);
        }
    }
}
