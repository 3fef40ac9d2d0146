using System.Runtime.CompilerServices;

namespace ChatOps.Rendering;

/// <summary>
/// Shows the passing states of messages at a bounded rate: the first at once, then the newest of each interval, never two of one message at the same time. Keeps
/// nothing of messages that are quiet. Passing means that a lost one does not matter: beyond <paramref name="maxMessages"/> messages at once further ones are not shown.
/// </summary>
/// <typeparam name="TState">What is shown.</typeparam>
/// <param name="interval">The least time between two states of one message.</param>
/// <param name="maxMessages">How many messages are paced at once.</param>
/// <param name="show">
/// Shows a message's state; returns how long at least to wait before the next one of it where the platform asked for more than the interval, else zero; null where it cannot be shown yet: it, or a newer
/// one that has come, is tried again soon, a bounded number of times.
/// </param>
/// <param name="failed">Told what <paramref name="show"/> threw; that state is lost.</param>
/// <param name="time">The clock.</param>
public sealed class ProgressPace<TState>(
    TimeSpan interval, int maxMessages, Func<string, TState, CancellationToken, ValueTask<TimeSpan?>> show, Action<Exception> failed, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long a state that cannot be shown yet waits for its second try; doubled for each further one.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);

    /// <summary>How long it waits at most.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>How often in a row a message's states are tried again; later ones are tried once.</summary>
    private const int MaxWaits = 10;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Message> messages = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();
    private bool ended;

    /// <summary>How many messages are paced now.</summary>
    public int Count
    {
        get { lock (gate) return messages.Count; }
    }

    /// <summary>Shows a state now, or the newest one when the interval is over. Never waits.</summary>
    /// <returns>False when there are too many messages at once, or all is over.</returns>
    public bool Show(string messageId, TState state)
    {
        Message message;
        lock (gate)
        {
            if (ended) return false;
            if (messages.TryGetValue(messageId, out var running))
            {
                running.Next = new StrongBox<TState>(state);
                return true;
            }

            if (messages.Count >= maxMessages) return false;
            message = new Message { Next = new StrongBox<TState>(state) };
            messages.Add(messageId, message);
        }

        message.Loop = RunAsync(messageId, message);
        return true;
    }

    /// <summary>The message gets a lasting state now: what waits of the passing ones is dropped, and the one on its way is waited for, so that it cannot come after.</summary>
    public Task ForgetAsync(string messageId)
    {
        lock (gate)
        {
            if (!messages.TryGetValue(messageId, out var message)) return Task.CompletedTask;
            message.Next = message.Shown = null;
            return message.OnItsWay?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Ends all of it; what is on its way is cancelled and waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Task> loops;
        lock (gate)
        {
            if (ended) return;
            ended = true;
            loops = messages.Values.Select(m => m.Loop).ToList();
        }

        await stopping.CancelAsync();
        await Task.WhenAll(loops);
    }

    private async Task RunAsync(string messageId, Message message)
    {
        while (TakeNext(messageId, message) is { } next)
        {
            var pause = await ShowAsync(messageId, message, next.Value!);
            await Task.Delay(pause, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private StrongBox<TState>? TakeNext(string messageId, Message message)
    {
        lock (gate)
        {
            var next = ended ? null : message.Next;
            message.Next = null;
            message.Shown = next;
            if (next is null) messages.Remove(messageId);
            else message.OnItsWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return next;
        }
    }

    private async Task<TimeSpan> ShowAsync(string messageId, Message message, TState state)
    {
        try
        {
            var asked = await show(messageId, state, stopping.Token);
            if (asked is null) return Wait(message);
            message.Waits = 0;
            return asked > interval ? asked.Value : interval;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        catch (Exception error)
        {
            // A boundary: whatever it is, a state that passes is not worth more than a line in the log.
            failed(error);
            return interval;
        }
        finally
        {
            lock (gate)
            {
                message.OnItsWay!.SetResult();
                message.OnItsWay = null;
            }
        }
    }

    private TimeSpan Wait(Message message)
    {
        lock (gate)
        {
            if (message.Waits == MaxWaits) return interval;
            // Not where it was forgotten meanwhile.
            message.Next ??= message.Shown;
            var wait = FirstWait * Math.Pow(2, message.Waits++);
            return wait < LongestWait ? wait : LongestWait;
        }
    }

    private sealed class Message
    {
        public StrongBox<TState>? Next { get; set; }

        public StrongBox<TState>? Shown { get; set; }

        public int Waits { get; set; }

        public TaskCompletionSource? OnItsWay { get; set; }

        public Task Loop { get; set; } = Task.CompletedTask;
    }
}
