using System.Data.Common;
using System.Diagnostics;
using ChatOps.Storage.Sessions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace ChatOps.Storage.Sqlite;

/// <summary>
/// The one thread that writes. It takes what waits as a group: one transaction, a savepoint for each write, one commit, and only then are the
/// callers completed. When the store fails, the whole group fails with it, the connection is dropped, and the next group tries anew.
/// </summary>
internal sealed partial class SqliteWriter
{
    private readonly SqliteFile file;
    private readonly SqlConnection anchor;
    private readonly StorageOptions options;
    private readonly AfterCommitPublisher publisher;
    private readonly StoreMetrics metrics;
    private readonly ILogger<SqliteWriter> logger;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<QueuedWrite> started = [];
    private readonly List<QueuedWrite> failed = [];
    private SqlConnection? connection;
    private int sinceCheckpoint;

    /// <summary>Starts the thread.</summary>
    public SqliteWriter(
        SqliteFile file, SqlConnection first, SqlConnection anchor, StorageOptions options, AfterCommitPublisher publisher, StoreMetrics metrics, ILogger<SqliteWriter> logger)
    {
        this.file = file;
        this.anchor = anchor;
        this.options = options;
        this.publisher = publisher;
        this.metrics = metrics;
        this.logger = logger;
        connection = first;
        Queue = new WriteQueue(options.MaxQueuedWrites, options.QueueTimeout);
        new Thread(Run) { IsBackground = true, Name = "store writer" }.Start();
    }

    /// <summary>The line before it.</summary>
    public WriteQueue Queue { get; }

    /// <summary>Why the last group failed; null when it was committed.</summary>
    public volatile StoreUnavailableException? LastError;

    /// <summary>Completes when the thread has ended: the queue is closed and everything in it was handled.</summary>
    public Task Ended => ended.Task;

    private void Run()
    {
        var group = new List<QueuedWrite>(options.MaxGroup);
        while (Queue.Take(group, options.MaxGroup))
        {
            Commit(group);
            group.Clear();
            started.Clear();
            failed.Clear();
            CheckpointWhenDue();
        }

        connection?.Dispose();
        ended.SetResult();
    }

    private void Commit(List<QueuedWrite> group)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            Begin();
        }
        catch (Exception e) when (e is DbException or StoreUnavailableException)
        {
            // Nobody who waits now would fare better, and each try may take the whole busy timeout.
            group.AddRange(Queue.TakeAll());
            foreach (var write in group.Where(w => w.TryStart())) started.Add(write);
            Abandon(e);
            return;
        }

        try
        {
            foreach (var write in group)
            {
                if (write.TryStart()) Run(write, alone: group.Count == 1);
            }

            if (started.Count > 0)
            {
                connection!.Execute("COMMIT");
                file.RequireInPlace(connection);
            }
        }
        catch (Exception e) when (e is DbException or StoreUnavailableException)
        {
            Abandon(e);
            return;
        }

        if (started.Count > 0) Succeed(since);
        else connection!.Execute("ROLLBACK");
        foreach (var write in failed) write.Fail(write.Failure!);
    }

    private void Begin()
    {
        if (connection is null)
        {
            file.RequireInPlace(anchor);
            connection = file.OpenWriter();
        }

        file.RequireInPlace(connection);
        connection.Execute("BEGIN IMMEDIATE");
    }

    /// <summary>
    /// Runs one write of the group. A write that throws is undone alone; its caller too learns of it only after the commit, because what it threw
    /// for (a row that was there already) may be the work of a write before it in the same group. A store that fails ends the group.
    /// </summary>
    private void Run(QueuedWrite write, bool alone)
    {
        if (!alone) connection!.Execute("SAVEPOINT one_write");
        var session = new SqlSession(connection!, writable: true, file.Faults.Explain);
        started.Add(write);
        write.Run(session);

        // SQLite may have rolled back the whole transaction by itself (disk full): then nothing of the group is left to commit.
        if (session.Lost is not null || raw.sqlite3_get_autocommit(((SqliteConnection)connection!.Driver).Handle) != 0)
            throw session.Lost ?? new StoreUnavailableException("The store lost the transaction. Nothing was saved. Try again.", write.Failure);

        if (write.Failure is not null)
        {
            if (!alone) connection.Execute("ROLLBACK TO one_write");
            started.RemoveAt(started.Count - 1);
            failed.Add(write);
        }

        if (!alone) connection.Execute("RELEASE one_write");
    }

    private void Succeed(long since)
    {
        if (LastError is not null) LogRecovered(logger);
        LastError = null;
        metrics.Committed(started.Count, since);
        foreach (var write in started) write.Complete();
        foreach (var write in started)
        {
            if (write.Session?.Published is { } messages) publisher.Publish(messages);
        }

        sinceCheckpoint += started.Count;
    }

    private void Abandon(Exception error)
    {
        var reason = error as StoreUnavailableException
            ?? file.Faults.Explain((DbException)error)
            ?? new StoreUnavailableException($"The store failed: {error.Message} Nothing was saved.", error);
        if (LastError?.Message != reason.Message) LogFailed(logger, reason.Message);
        LastError = reason;
        metrics.Failed();

        // Closing rolls back whatever was open, and a fresh connection carries nothing over from the failure.
        connection?.Dispose();
        connection = null;
        foreach (var write in started.Concat(failed)) write.Fail(new StoreUnavailableException(reason.Message, reason.InnerException));
    }

    /// <summary>Copies the log into the database between two groups, when no caller waits for it. Passive: it never waits for a reader.</summary>
    private void CheckpointWhenDue()
    {
        if (connection is null || sinceCheckpoint < options.CheckpointWrites) return;
        sinceCheckpoint = 0;
        try
        {
            connection.Statement("PRAGMA wal_checkpoint(PASSIVE)").First(_ => 0);
        }
        catch (DbException e)
        {
            // The writes are safe in the log; the next checkpoint tries again.
            LogCheckpointFailed(logger, e.Message);
        }
    }
}
