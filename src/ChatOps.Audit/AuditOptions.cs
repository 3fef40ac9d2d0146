namespace ChatOps.Audit;

/// <summary>How the record is kept and guarded.</summary>
public sealed class AuditOptions
{
    /// <summary>The data directory: the checkpoint and its key are there, outside the database.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>New records after which a checkpoint is written. Default 500.</summary>
    public int CheckpointRecords { get; init; } = 500;

    /// <summary>After this time new records get a checkpoint however few they are. Default 1 minute.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often it is looked whether a checkpoint is due. Default 5 s.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many of the newest records are verified at the start. Default 2000.</summary>
    public int StartRecords { get; init; } = 2000;

    /// <summary>Records that verification and export read at a time. Default 1000.</summary>
    public int BatchRecords { get; init; } = 1000;

    /// <summary>
    /// Whether a record that was found broken at the start stops every effect until somebody has looked (no intent can be recorded then).
    /// Default false: the gateway keeps recording, because an incident is when people need it most and a stopped record helps whoever broke it;
    /// its health is failed and the log says so at every look.
    /// </summary>
    public bool StopEffectsWhenBroken { get; init; }
}
