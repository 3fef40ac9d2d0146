using ChatOps.Channels.Telegram.Client;

namespace ChatOps.Channels.Telegram;

/// <summary>
/// Presses that Telegram still shows as unanswered. Each is answered soon: with the refusal when one comes in time, else with nothing, which ends the waiting sign.
/// </summary>
internal sealed class TelegramPresses(TelegramClient client, TelegramOptions options, TimeProvider time)
{
    /// <summary>Longest text of an answer.</summary>
    public const int MaxText = 200;

    private const int MaxWaiting = 2_000;

    // The reply may be faster than the receipt of what it replies to.
    private static readonly TimeSpan Overtaking = TimeSpan.FromMilliseconds(300);

    // What is not answered by then ends by itself.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private readonly Recent<string, Press> waiting = new(MaxWaiting);
    private readonly Lock gate = new();
    private readonly HashSet<Task> answering = [];
    private volatile TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource noted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int accepting;

    /// <summary>A press is being handed to the inbox.</summary>
    public void Accepting() => Interlocked.Increment(ref accepting);

    /// <summary>It has been: it waits for its answer when the inbox has taken it.</summary>
    public void Accepted(string? inboxId, string pressId, string userId)
    {
        Interlocked.Decrement(ref accepting);
        if (inboxId is null) return;
        var press = new Press(pressId, userId);
        waiting.Set(inboxId, press);
        Keep(AnswerInTimeAsync(inboxId, press));
        lock (gate)
        {
            noted.TrySetResult();
            noted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Answers a press now, whatever becomes of that.</summary>
    public void Answer(string pressId, string? text) => Keep(SendAsync(pressId, text));

    /// <summary>Shows a refusal with the press that it answers.</summary>
    /// <returns>Whether the person has seen it; false when the press is answered already, or was somebody else's.</returns>
    public async Task<bool> RefuseAsync(string inboxId, string userId, string text, CancellationToken cancellationToken)
    {
        if (await TakeAsync(inboxId, cancellationToken) is not { } press) return false;
        if (press.UserId != userId) return false;
        press.Text.TrySetResult(text);
        return await press.Answered.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The channel listens.</summary>
    public void Begin()
    {
        if (stopping.Task.IsCompleted) stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The channel stops: answers what still waits, for a moment.</summary>
    public async Task FinishAsync()
    {
        stopping.TrySetResult();
        Task[] left;
        lock (gate) left = [.. answering];
        await Task.WhenAny(Task.WhenAll(left), Task.Delay(StopPatience, time));
    }

    private async Task<Press?> TakeAsync(string inboxId, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            Task next;
            lock (gate) next = noted.Task;
            if (waiting.TryTake(inboxId, out var press)) return press;
            var left = Overtaking - time.GetElapsedTime(begun);
            if (Volatile.Read(ref accepting) == 0 || left <= TimeSpan.Zero) return null;
            await Task.WhenAny(next, Task.Delay(left, time, cancellationToken));
        }
    }

    private async Task AnswerInTimeAsync(string inboxId, Press press)
    {
        using var over = new CancellationTokenSource();
        await Task.WhenAny(press.Text.Task, stopping.Task, Task.Delay(options.PressPatience, time, over.Token));
        await over.CancelAsync();
        // Whoever has taken it will give a text; it must not be answered with nothing in between.
        var text = waiting.TryTake(inboxId, out var mine) && ReferenceEquals(mine, press) ? null : press.Text.Task.IsCompleted ? press.Text.Task.Result : null;
        press.Answered.TrySetResult(await SendAsync(press.Id, text) && text is not null);
    }

    private async Task<bool> SendAsync(string pressId, string? text)
    {
        var shown = text is { Length: > MaxText } ? Rendering.TextSplitter.Split(text, MaxText - 1, static t => t.Length, fenced: false)[0] + "…" : text;
        // Too late to be seen is an end too, and so is any failure: a press that stays unanswered ends by itself.
        try
        {
            return (await client.AnswerPressAsync(pressId, shown, shown is not null, CancellationToken.None)).IsOk;
        }
        catch (ChannelFatalException)
        {
            return false;
        }
    }

    private void Keep(Task task)
    {
        lock (gate) answering.Add(task);
        task.ContinueWith(done => { lock (gate) answering.Remove(done); }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private sealed record Press(string Id, string UserId)
    {
        public TaskCompletionSource<string> Text { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<bool> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
