using System.Collections.Concurrent;

namespace ChatOps.Agent.Turns;

/// <summary>The <c>/stop</c>s that are being answered out of turn, so that their own turn waits for that answer instead of giving a second one.</summary>
internal sealed class StopsInFlight
{
    private readonly ConcurrentDictionary<string, Task<bool>> stops = new(StringComparer.Ordinal);

    /// <summary>The one with this inbox id; its result says whether it was answered.</summary>
    public Task<bool>? Find(string inboxId) => stops.GetValueOrDefault(inboxId);

    /// <summary>Runs one, unless it runs already.</summary>
    public Task RunAsync(string inboxId, Func<Task> stop)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return stops.TryAdd(inboxId, done.Task) ? AnswerAsync(inboxId, stop, done) : Task.CompletedTask;
    }

    // Whatever happens, the turn that waits goes on: when the stop was not answered here, that turn answers it.
    private async Task AnswerAsync(string inboxId, Func<Task> stop, TaskCompletionSource<bool> done)
    {
        var answered = false;
        try
        {
            await stop();
            answered = true;
        }
        finally
        {
            stops.TryRemove(inboxId, out _);
            done.SetResult(answered);
        }
    }
}
