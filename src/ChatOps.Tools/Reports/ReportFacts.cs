using ChatOps.Approvals;
using ChatOps.Checks;

namespace ChatOps.Tools.Reports;

/// <summary>What the record holds of a time.</summary>
/// <param name="Since">Its beginning.</param>
/// <param name="Until">Its end.</param>
internal sealed record ReportFacts(DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>Findings that were open in this time, the newest first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Incidents that are open now or were resolved in this time, the newest first.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>Where checks stand that are not well now.</summary>
    public IReadOnlyList<CheckState> Bad { get; init; } = [];

    /// <summary>How many checks are well.</summary>
    public int Well { get; init; }

    /// <summary>Logs that are watched, those with errors in this time first.</summary>
    public IReadOnlyList<LogCount> Logs { get; init; } = [];

    /// <summary>What failed, the newest first.</summary>
    public IReadOnlyList<Failure> Failures { get; init; } = [];

    /// <summary>What is slowly getting worse.</summary>
    public IReadOnlyList<Degradation> Trends { get; init; } = [];

    /// <summary>Approvals that were asked for or settled in this time.</summary>
    public IReadOnlyList<(string Id, ApprovalState State, string Requester)> Approvals { get; init; } = [];

    /// <summary>How many wait for a decision now.</summary>
    public long Waiting { get; init; }

    /// <summary>What models cost, in words; null when none was asked.</summary>
    public string? Cost { get; init; }

    /// <summary>Runs of schedules by how they ended.</summary>
    public IReadOnlyDictionary<string, int> Runs { get; init; } = new Dictionary<string, int>();

    /// <summary>A watched log.</summary>
    /// <param name="Key">The check.</param>
    /// <param name="Errors">How many lines counted.</param>
    /// <param name="State">Where it stands.</param>
    internal sealed record LogCount(CheckKey Key, double Errors, CheckState State);

    /// <summary>Something that failed.</summary>
    /// <param name="At">When.</param>
    /// <param name="Text">What, in a line.</param>
    /// <param name="AuditId">Its record; null for a run of a schedule without one.</param>
    internal sealed record Failure(DateTimeOffset At, string Text, string? AuditId);

    /// <summary>A value that grows worse.</summary>
    /// <param name="Key">The check.</param>
    /// <param name="Trend">The line through its values.</param>
    /// <param name="Unit">Their unit.</param>
    /// <param name="Left">How long until it is full; null where nothing fills.</param>
    /// <param name="Values">What was measured.</param>
    internal sealed record Degradation(CheckKey Key, ValueTrend Trend, string Unit, TimeSpan? Left, IReadOnlyList<CheckSample> Values);
}
