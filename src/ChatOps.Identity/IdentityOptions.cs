namespace ChatOps.Identity;

/// <summary>Where it is written who may do what.</summary>
public sealed class IdentityOptions
{
    /// <summary>The operator's <c>access.yaml</c>. Never written; may be missing at the start.</summary>
    public required string WorkspaceFile { get; init; }

    /// <summary>The gateway's own <c>access.yaml</c> in its data directory. Made at the first start, readable by its owner alone.</summary>
    public required string DataFile { get; init; }

    /// <summary>How often both files are looked at for changes. Default 1 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a changed file must stay the same before it is read, so that one being written is left alone. Default 200 ms.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromMilliseconds(200);
}
