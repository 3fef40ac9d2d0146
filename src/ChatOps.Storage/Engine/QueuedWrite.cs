using ChatOps.Storage.Sessions;

namespace ChatOps.Storage.Engine;

/// <summary>A write that waits for its turn, and the caller that waits for its commit.</summary>
internal abstract class QueuedWrite
{
    private const int Queued = 0;
    private const int Started = 1;
    private const int Withdrawn = 2;

    private int state = Queued;

    /// <summary>What its delegate threw; null when it may be committed.</summary>
    public Exception? Failure { get; protected set; }

    /// <summary>The transaction it ran in.</summary>
    public SqlSession? Session { get; private set; }

    /// <summary>Takes it for a group; false when its caller has given up.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref state, Started, Queued) == Queued;

    /// <summary>Gives it up; false when it is running: then its end is worth waiting for.</summary>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref state, Withdrawn, Queued) == Queued;

    /// <summary>Runs the delegate. What it throws is its caller's.</summary>
    public void Run(SqlSession session)
    {
        Session = session;
        Failure = null;
        try
        {
            RunWork(session);
            Failure = session.Refused;
        }
        catch (Exception e)
        {
            Failure = e;
        }
        finally
        {
            session.End();
        }
    }

    /// <summary>The database refused what the delegate had left to be sent.</summary>
    public void Refuse(Exception error) => Failure = error;

    /// <summary>Completes the caller: committed.</summary>
    public abstract void Complete();

    /// <summary>Completes the caller: not committed.</summary>
    public abstract void Fail(Exception error);

    /// <summary>Runs the delegate.</summary>
    protected abstract void RunWork(SqlSession session);
}
