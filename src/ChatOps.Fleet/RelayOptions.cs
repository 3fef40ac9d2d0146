namespace ChatOps.Fleet;

/// <summary>The section <c>Fleet:Relay</c>: nodes that connect by their daemon.</summary>
public sealed class RelayOptions
{
    /// <summary>Fewest and most nodes.</summary>
    public static readonly (int Min, int Max) MaxNodesRange = (1, 10_000);

    /// <summary>Shortest and longest time between two heartbeats.</summary>
    public static readonly (TimeSpan Min, TimeSpan Max) HeartbeatRange = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));

    /// <summary>Whether nodes can connect. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many nodes may be members. 1 to 10,000; default 5,000.</summary>
    public int MaxNodes { get; set; } = 5_000;

    /// <summary>How often a node is asked whether it is there; a dead connection is noticed within two. 1 s to 2 min; default 10 s.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);
}
