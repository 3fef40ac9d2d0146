using System.Collections.Concurrent;

namespace ChatOps.Tools.Gate;

/// <summary>What runs in this process, so that it can be stopped, and who waits for it.</summary>
internal sealed class RunningInvocations
{
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> early = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiters = new(StringComparer.Ordinal);

    /// <summary>Notes that an invocation runs until the entry is disposed.</summary>
    /// <param name="request">The invocation.</param>
    /// <param name="title">What people call it.</param>
    /// <param name="goesOn">Asked when this process ends: whether it goes on without it, so that another can follow it to its end.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Entry Enter(InvocationRequest request, string title, Func<bool> goesOn, CancellationToken cancellationToken)
    {
        var entry = new Entry(this, request.Id, request.Conversation?.Id, title, goesOn, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken));
        entries[request.Id] = entry;
        if (early.TryRemove(request.Id, out var by)) entry.Stop(by);
        return entry;
    }

    /// <summary>Cancels what runs in a conversation; returns the titles.</summary>
    public IReadOnlyList<string> StopIn(string conversationId, string by)
    {
        var stopped = entries.Values.Where(e => e.ConversationId == conversationId).ToList();
        foreach (var entry in stopped) entry.Stop(by);
        return stopped.Select(e => e.Title).ToList();
    }

    /// <summary>Cancels one invocation, also when it is only about to run.</summary>
    /// <returns>Whether it runs here already.</returns>
    public bool Stop(string invocationId, string by)
    {
        // Noted first: whoever enters it in this moment looks for the note, and whoever entered it before is found below.
        early[invocationId] = by;
        if (!entries.TryGetValue(invocationId, out var entry)) return false;
        early.TryRemove(invocationId, out _);
        entry.Stop(by);
        return true;
    }

    /// <summary>What runs here.</summary>
    public IReadOnlyList<string> Ids() => entries.IsEmpty ? [] : [.. entries.Keys];

    /// <summary>Cancels one invocation that runs here.</summary>
    public void StopRunning(string invocationId, string by)
    {
        if (entries.TryGetValue(invocationId, out var entry)) entry.Stop(by);
    }

    /// <summary>Another process took one over: what goes on without this one is left to it, the rest ends here by itself, and the store refuses what would be said of it.</summary>
    /// <returns>Whether it is left.</returns>
    public bool Leave(string invocationId) => entries.TryGetValue(invocationId, out var entry) && entry.Leave();

    /// <summary>This process ends: what goes on without it is left to whoever follows it, the rest is cancelled.</summary>
    public void EndAll()
    {
        foreach (var entry in entries.Values) entry.End();
    }

    /// <summary>Completes when the invocation's outcome is recorded by this process.</summary>
    public Task WhenFinished(string invocationId) =>
        waiters.GetOrAdd(invocationId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Finished(string invocationId)
    {
        early.TryRemove(invocationId, out _);
        if (waiters.TryRemove(invocationId, out var waiter)) waiter.TrySetResult();
    }

    /// <summary>Nobody waits any more.</summary>
    public void Forget(string invocationId) => waiters.TryRemove(invocationId, out _);

    /// <summary>A running invocation.</summary>
    internal sealed class Entry(RunningInvocations owner, string id, string? conversationId, string title, Func<bool> goesOn, CancellationTokenSource source) : IDisposable
    {
        private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? ConversationId { get; } = conversationId;

        public string Title { get; } = title;

        public CancellationToken Token { get; } = source.Token;

        /// <summary>Who stopped it; null for nobody.</summary>
        public string? StoppedBy { get; private set; }

        /// <summary>Completes when this process does not wait for its end any more.</summary>
        public Task Left => left.Task;

        public void End()
        {
            if (goesOn()) left.TrySetResult();
            else Cancel();
        }

        public bool Leave() => goesOn() && left.TrySetResult();

        public void Stop(string by)
        {
            StoppedBy ??= by;
            Cancel();
        }

        public void Cancel()
        {
            try
            {
                source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended in this moment.
            }
        }

        public void Dispose()
        {
            owner.entries.TryRemove(id, out _);
            source.Dispose();
        }
    }
}
