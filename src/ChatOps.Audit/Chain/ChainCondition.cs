namespace ChatOps.Audit;

/// <summary>What is known about the record: set by the look at the start and by every verification, read by the writer and the health part.</summary>
internal sealed class ChainCondition
{
    private volatile string? problem;
    private volatile string? checkpointProblem;

    /// <summary>Why the record does not hold; null while nothing is known against it.</summary>
    public string? Problem
    {
        get => problem;
        set => problem = value;
    }

    /// <summary>Why the last checkpoint could not be written; null when it was.</summary>
    public string? CheckpointProblem
    {
        get => checkpointProblem;
        set => checkpointProblem = value;
    }
}
