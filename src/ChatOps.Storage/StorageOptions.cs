namespace ChatOps.Storage;

/// <summary>Where the store lives, and its bounds.</summary>
public sealed class StorageOptions
{
    /// <summary>The data directory. Everything the store writes is below it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The server that keeps the truth; null for one SQLite file in the data directory.</summary>
    public PostgreSqlOptions? PostgreSql { get; init; }

    /// <summary>Writes that may wait for the writer; the next one waits for room. Default 4096.</summary>
    public int MaxQueuedWrites { get; init; } = 4096;

    /// <summary>How long a write waits for room in a full queue before it is refused. Default 10 s.</summary>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Writes that share one commit at most. Default 256.</summary>
    public int MaxGroup { get; init; } = 256;

    /// <summary>How long the database may be locked by another process before a write is refused. Default 5 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Connections that read at the same time. Default 4.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>How long a read waits for a free connection before it is refused. Default 10 s.</summary>
    public TimeSpan ReaderTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Writes after which the writer copies its log into the database, between two groups. Default 2000.</summary>
    public int CheckpointWrites { get; init; } = 2000;

    /// <summary>Pages of the log at which SQLite checkpoints by itself if the writer did not come to it. Default 8000 (32 MiB).</summary>
    public int CheckpointPages { get; init; } = 8000;

    /// <summary>
    /// To this size the log file is cut back after a checkpoint. More than it usually grows to: in a log that was cut, every commit makes the
    /// file longer, which costs a second write to the disk. Default 48 MiB.
    /// </summary>
    public long LogSizeLimit { get; init; } = 48 * 1024 * 1024;

    /// <summary>A log larger than this (a reader holds it, or the disk is slow) makes the store's health degraded. Default 256 MiB.</summary>
    public long LogSizeWarning { get; init; } = 256 * 1024 * 1024;

    /// <summary>After an unclean end a database up to this size is checked page by page at the start; a larger one would delay the start too much. Default 64 MiB.</summary>
    public long IntegrityCheckBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Messages that wait to be published after their commit; beyond it they are dropped and recovery finds the work. Default 65,536.</summary>
    public int MaxUnpublished { get; init; } = 65_536;

    /// <summary>How long the end of the program waits for queued writes. Default 10 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
