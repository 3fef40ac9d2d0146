using ChatOps.Tools.Run;

namespace ChatOps.Tools.Jobs;

/// <summary>One node of a job that runs. Guarded by its job, but for what it says meanwhile.</summary>
internal sealed class LiveNode(string name)
{
    /// <summary>The node.</summary>
    public string Name => name;

    /// <summary>The clock's value when it began; null before that.</summary>
    public long? BeganAt { get; set; }

    /// <summary>How it ended; null before that.</summary>
    public NodeRun? Run { get; set; }

    /// <summary>What it says meanwhile.</summary>
    public OutputTail Tail { get; } = new();

    /// <summary>What it said, redacted; made when somebody looks.</summary>
    public string? Shown { get; set; }

    /// <summary>Whether it works now.</summary>
    public bool IsRunning => BeganAt is not null && Run is null;
}
