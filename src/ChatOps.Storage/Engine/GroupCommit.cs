using System.Data;
using System.Data.Common;
using System.Diagnostics;
using ChatOps.Storage.Sessions;
using Microsoft.Extensions.Logging;

namespace ChatOps.Storage.Engine;

/// <summary>
/// One transaction for a group of writes, one commit, and only then are the callers completed. A write that throws is undone alone. When the
/// store fails, the whole group fails with it, the connection is dropped, and the next group tries anew. Used by one thread at a time.
/// </summary>
internal sealed partial class GroupCommit(
    ISqlDatabase database, SqlConnection first, AfterCommitPublisher publisher, StoreMetrics metrics, ILogger<GroupCommit> logger) : IDisposable
{
    private const string Unknown =
        "The database did not answer the commit, and it cannot be asked now: whether this was saved is not known. Look before you do it again; ChatOps goes on by itself once the database answers.";

    private readonly List<QueuedWrite> started = [];
    private readonly List<QueuedWrite> undone = [];
    private SqlConnection? connection = first;
    private bool begun;
    private volatile StoreUnavailableException? lastError;

    /// <summary>Why the last group failed; null when it was committed.</summary>
    public StoreUnavailableException? LastError => lastError;

    /// <summary>Writes committed since the last checkpoint.</summary>
    public int SinceCheckpoint { get; private set; }

    /// <summary>Whether a checkpoint is due.</summary>
    public bool IsCheckpointDue => SinceCheckpoint >= database.CheckpointWrites;

    /// <summary>Commits a group. Every write of it is completed, one way or the other, when this returns.</summary>
    /// <param name="group">The writes.</param>
    /// <param name="rest">What else waits: failed with the group when the store cannot even begin.</param>
    public void Commit(List<QueuedWrite> group, Func<List<QueuedWrite>> rest)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            started.AddRange(group.Where(w => w.TryStart()));
            Run();
            if (started.Count == 0) connection!.Rollback();
        }
        catch (Exception e)
        {
            // Whatever it was: no caller may be left waiting, and nothing half-done open. Where not even a beginning was made, nobody who waits would fare better, and each try may take the whole busy timeout.
            if (!begun || connection is not { HasBegun: true }) started.AddRange(rest().Where(w => w.TryStart()));
            Abandon(e);
            return;
        }

        if (started.Count > 0 && !TryCommit(since)) return;
        foreach (var write in undone) write.Fail(write.Failure!);
        undone.Clear();
    }

    /// <summary>Tidies up, when no caller waits for it.</summary>
    public void Checkpoint()
    {
        SinceCheckpoint = 0;
        if (connection is null) return;
        try
        {
            database.Checkpoint(connection);
        }
        catch (DbException e)
        {
            // What was written is safe; the next checkpoint tries again.
            LogCheckpointFailed(logger, e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => connection?.Dispose();

    private void Run()
    {
        try
        {
            Begin();
            if (!RunTogether()) RunApart();
        }
        catch (StoreUnavailableException) when (connection is { HasBegun: false, Driver.State: not ConnectionState.Open })
        {
            // The server ended it while it was idle. Nothing had begun, so a fresh one may try.
            Drop();
            Begin();
            if (!RunTogether()) RunApart();
        }
    }

    private void Begin()
    {
        begun = false;
        connection ??= database.OpenWriter();
        database.RequireInPlace(connection);
        database.BeginWrite(connection);
        begun = true;
    }

    /// <summary>
    /// Runs the group without a way back for a single write, because SQLite copies every page that is changed after a savepoint. False: one of
    /// several threw, and what the others did is still open.
    /// </summary>
    private bool RunTogether()
    {
        var alone = started.Count == 1;
        foreach (var write in started)
        {
            Run(write, alone);
            if (write.Failure is null) continue;
            if (!alone) return false;
            started.Clear();
            undone.Add(write);
            return true;
        }

        return TryFlush();
    }

    private bool TryFlush()
    {
        try
        {
            connection!.Flush();
            return true;
        }
        catch (DbException e)
        {
            return database.Explain(e) is { } unavailable ? throw unavailable : false;
        }
    }

    /// <summary>
    /// Undoes everything and runs the group again, now with a savepoint for each write; one that throws is undone alone. Its caller too learns of it only after the
    /// commit, because what it threw for (a row that was there already) may be the work of a write before it in the same group.
    /// </summary>
    private void RunApart()
    {
        connection!.Rollback();
        database.BeginWrite(connection);
        foreach (var write in started.ToList())
        {
            connection.Execute("SAVEPOINT one_write");
            Run(write, alone: true);
            if (write.Failure is not null)
            {
                connection.Forget();
                connection.Execute("ROLLBACK TO one_write");
                started.Remove(write);
                undone.Add(write);
            }

            connection.Execute("RELEASE one_write");
        }
    }

    /// <summary>Runs one write; alone: to its end, so that what the database refuses is known to be of this write. A store that fails ends the group.</summary>
    private void Run(QueuedWrite write, bool alone)
    {
        var session = new SqlSession(connection!, writable: true, database.Explain);
        write.Run(session);
        try
        {
            if (alone && write.Failure is null) connection!.Flush();
        }
        catch (DbException e)
        {
            write.Refuse(session.Fault(e));
        }

        // A disk that is full or a server that ends sessions rolls back the whole transaction: then nothing of the group is left to commit.
        if (session.Lost is not null || database.HasEnded(connection!))
            throw session.Lost ?? new StoreUnavailableException("The store lost the transaction. Nothing was saved. Try again.", write.Failure);
    }

    /// <summary>Commits. An answer that did not come is asked for: callers may only hear "nothing was saved" when that is so.</summary>
    private bool TryCommit(long since)
    {
        try
        {
            database.Commit(connection!);
            database.RequireInPlace(connection!);
        }
        catch (Exception e)
        {
            var fate = database.FindFate();
            if (fate != CommitFate.Committed)
            {
                Abandon(fate == CommitFate.Undone ? e : new StoreUnavailableException(Unknown, e));
                return false;
            }

            Drop();
        }

        Succeed(since);
        return true;
    }

    private void Succeed(long since)
    {
        if (lastError is not null) LogRecovered(logger);
        lastError = null;
        metrics.Committed(started.Count, since);
        foreach (var write in started) write.Complete();
        foreach (var write in started)
        {
            if (write.Session?.Published is { } messages) publisher.Publish(messages);
        }

        SinceCheckpoint += started.Count;
        started.Clear();
    }

    private void Abandon(Exception error)
    {
        var reason = error as StoreUnavailableException
            ?? (error is DbException fault ? database.Explain(fault) : null)
            ?? new StoreUnavailableException($"The store failed: {error.Message} Nothing was saved.", error);
        if (lastError?.Message != reason.Message) LogFailed(logger, reason.Message);
        lastError = reason;
        metrics.Failed();
        Drop();
        foreach (var write in started.Concat(undone)) write.Fail(new StoreUnavailableException(reason.Message, reason.InnerException));
        started.Clear();
        undone.Clear();
    }

    // Closing rolls back whatever was open, and a fresh connection carries nothing over from the failure.
    private void Drop()
    {
        connection?.Dispose();
        connection = null;
    }
}
