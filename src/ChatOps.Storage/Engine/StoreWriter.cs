using System.Diagnostics.CodeAnalysis;

namespace ChatOps.Storage.Engine;

/// <summary>
/// Who commits: the writer's thread, which takes what waits as a group; or, while writes come one at a time, the caller itself, because two
/// changes of thread would take about as long as the commit. Never both at once.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without wait handles has nothing to dispose, and late callers may still look at it.")]
internal sealed class StoreWriter
{
    private readonly GroupCommit commit;
    private readonly StorageOptions options;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool crowded;
    private volatile bool over;

    /// <summary>Starts the thread.</summary>
    public StoreWriter(GroupCommit commit, StorageOptions options)
    {
        this.commit = commit;
        this.options = options;
        Queue = new WriteQueue(options.MaxQueuedWrites, options.QueueTimeout);
        new Thread(Run) { IsBackground = true, Name = "store writer" }.Start();
    }

    /// <summary>The line before it.</summary>
    public WriteQueue Queue { get; }

    /// <summary>Why the last group failed; null when it was committed.</summary>
    public StoreUnavailableException? LastError => commit.LastError;

    /// <summary>Completes when the thread has ended: the queue is closed and everything in it was handled.</summary>
    public Task Ended => ended.Task;

    /// <summary>Has a write committed, here or by the thread. The write's own task tells how it ended.</summary>
    public ValueTask WriteAsync(QueuedWrite write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return TryCommitHere(write) ? ValueTask.CompletedTask : Queue.PutAsync(write, cancellationToken);
    }

    /// <summary>
    /// Commits a lone write on the caller's thread. Not while writes come in crowds, which share commits on the thread, and not while the store
    /// fails or a checkpoint is due, which could take long.
    /// </summary>
    private bool TryCommitHere(QueuedWrite write)
    {
        if (crowded || LastError is not null || commit.IsCheckpointDue || !Queue.IsEmpty || !turn.Wait(0, CancellationToken.None)) return false;
        try
        {
            if (over) return false;
            commit.Commit([write], static () => []);
        }
        finally
        {
            turn.Release();
        }

        return true;
    }

    private void Run()
    {
        var group = new List<QueuedWrite>(options.MaxGroup);
        while (Queue.WaitForWork())
        {
            // What arrives while a caller commits joins the group.
            turn.Wait();
            Queue.Take(group, options.MaxGroup);
            crowded = group.Count > 1;
            if (group.Count > 0) commit.Commit(group, Queue.TakeAll);
            if (commit.IsCheckpointDue) commit.Checkpoint();
            turn.Release();
            group.Clear();
        }

        turn.Wait();
        over = true;
        commit.Dispose();
        turn.Release();
        ended.SetResult();
    }
}
