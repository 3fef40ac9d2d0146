namespace ChatOps.Host;

/// <summary>The machines, and the bounds of what runs on them.</summary>
public sealed class FleetOptions
{
    /// <summary>How long a command may run when it does not say. 1 s to 24 h, default 5 min.</summary>
    public TimeSpan DefaultTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many executions run at once. 1 to 1,024, default 16.</summary>
    public int MaxParallel { get; set; } = 16;

    /// <summary>The gateway's own machine.</summary>
    public LocalNodeOptions LocalNode { get; } = new();
}
