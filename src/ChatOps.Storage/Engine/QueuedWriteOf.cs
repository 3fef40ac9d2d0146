using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Engine;

/// <summary>A write with its result.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="work">The caller's delegate.</param>
internal sealed class QueuedWriteOf<T>(Func<IStoreSession, T> work) : QueuedWrite
{
    // The writer's thread must never run what callers do next.
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    /// <summary>Completes after the commit.</summary>
    public Task<T> Task => completion.Task;

    /// <summary>Gives it up when it has not started.</summary>
    public void Withdraw(CancellationToken cancellationToken)
    {
        if (TryWithdraw()) completion.TrySetCanceled(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Complete() => completion.TrySetResult(result);

    /// <inheritdoc/>
    public override void Fail(Exception error) => completion.TrySetException(error);

    /// <inheritdoc/>
    protected override void RunWork(SqlSession session) => result = work(session);
}
