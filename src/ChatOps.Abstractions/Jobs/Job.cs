using ChatOps.Tools;

namespace ChatOps.Jobs;

/// <summary>A job with all its nodes.</summary>
/// <param name="Id">Its invocation.</param>
/// <param name="Title">What it does.</param>
/// <param name="CommandLine">The command line.</param>
/// <param name="Requester">Who asked for it.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Summary">How it ended, in one line; empty while it runs.</param>
/// <param name="Since">When it was asked for.</param>
/// <param name="FinishedAt">When it ended; null while it runs.</param>
/// <param name="StoppedBy">Who stopped it; null for nobody.</param>
/// <param name="FileId">The file with everything that all nodes said; null when there is none.</param>
/// <param name="Nodes">Every node, in the order of the run.</param>
public sealed record Job(
    string Id, string Title, string CommandLine, string Requester, InvocationStatus Status, string Summary, DateTimeOffset Since, DateTimeOffset? FinishedAt,
    string? StoppedBy, string? FileId, IReadOnlyList<JobNode> Nodes)
{
    /// <summary>Where the console shows a job.</summary>
    public static string PathOf(string id) => $"/jobs/{Uri.EscapeDataString(id)}";

    /// <summary>How many nodes are how, in the order of display.</summary>
    public IReadOnlyList<JobCount> Counts { get; } =
        [.. JobNode.Words.Select(w => new JobCount(w, Nodes.Count(n => n.Word == w))).Where(c => c.Nodes > 0)];

    /// <summary>How many nodes have ended.</summary>
    public int Done => Nodes.Count(n => n.HasEnded);
}
