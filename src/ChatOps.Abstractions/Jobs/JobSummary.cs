namespace ChatOps.Jobs;

/// <summary>A job that runs, in short.</summary>
/// <param name="Id">Its invocation.</param>
/// <param name="Title">What it does.</param>
/// <param name="Requester">Who asked for it.</param>
/// <param name="Since">When it began.</param>
/// <param name="Counts">Nodes by word, in the order of display: <c>ok</c>, <c>failed</c>, …, <c>running</c>, <c>waiting</c>; only those that are not zero.</param>
/// <param name="Running">The nodes that work now.</param>
public sealed record JobSummary(string Id, string Title, string Requester, DateTimeOffset Since, IReadOnlyList<JobCount> Counts, IReadOnlyList<string> Running)
{
    /// <summary>How many nodes it has.</summary>
    public int Total => Counts.Sum(c => c.Nodes);

    /// <summary>How many of them have ended.</summary>
    public int Done => Counts.Where(c => c.Word is not (JobCount.Running or JobCount.Waiting)).Sum(c => c.Nodes);
}
