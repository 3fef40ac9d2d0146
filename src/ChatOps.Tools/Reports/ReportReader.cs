using System.Globalization;
using ChatOps.Audit;
using ChatOps.Checks;
using ChatOps.Costs;
using ChatOps.Schedules;
using ChatOps.Storage;

namespace ChatOps.Tools.Reports;

/// <summary>Collects what a report is about from the store and the checks.</summary>
internal sealed class ReportReader(IStore store, IChecks checks, TimeProvider time)
{
    private const int MaxFindings = 500;
    private const int MaxIncidents = 500;
    private const int MaxFailures = 50;
    private const int MaxApprovals = 500;
    private const int MaxSums = 100;
    private const int MaxSeries = 500;
    private const double Full = 100;

    /// <summary>A value that changes by less of itself in a week is not told of.</summary>
    private const double NotableShare = 0.25;

    private static readonly TimeSpan TrendTime = TimeSpan.FromDays(7);
    private static readonly TimeSpan FillsSoon = TimeSpan.FromDays(30);
    private static readonly string[] Filling = ["disk", "memory"];

    /// <summary>Kinds whose rising values are worse; of others a trend says nothing (the days of a certificate go down by themselves).</summary>
    private static readonly string[] Rising = ["http", "tcp", "dns", "load", "log_errors"];

    /// <summary>Reads.</summary>
    public async Task<ReportFacts> ReadAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow();
        var since = until - period;
        var states = checks.States;
        var facts = await store.ReadAsync(session => FromStore(session, new ReportFacts(since, until)), cancellationToken);
        return facts with
        {
            Bad = [.. states.Where(s => s.IsBad)],
            Well = states.Count(s => s.Level == CheckLevel.Ok),
            Logs = [.. states.Where(s => s.Kind == "log_errors").Select(s => new ReportFacts.LogCount(s.Key, s.Baseline.Where(b => b.From >= since).Sum(b => b.Count), s)).OrderByDescending(l => l.Errors)],
            Trends = await TrendsAsync(states, until, cancellationToken),
        };
    }

    private static ReportFacts FromStore(IStoreSession session, ReportFacts facts)
    {
        var ended = session.Schedules.EndedSince(facts.Since, ScheduleBounds.MaxHistory);
        var sums = session.Usage.Sum(UsageGroup.Model, facts.Since, MaxSums);
        var failed = new[] { "failed", "partial", "unknown" }
            .SelectMany(outcome => session.Audit.Query(new AuditQuery(Since: facts.Since, Outcome: outcome, Limit: MaxFailures)))
            .Select(r => new ReportFacts.Failure(r.Time, r.Entry.Summary, r.Id));
        var runs = ended.Where(r => r.State is ScheduleRunState.Failed or ScheduleRunState.Unknown && r.AuditId is null)
            .Select(r => new ReportFacts.Failure(r.FinishedAt ?? r.Nominal, $"Schedule {r.Schedule}: {r.Summary}", null));
        return facts with
        {
            Findings = [.. session.Checks.NewestFindings(MaxFindings).Where(f => f.ClosedAt is null || f.ClosedAt >= facts.Since)],
            // Whatever is open is told of, however old it is.
            Incidents = [.. session.Incidents.Newest(MaxIncidents).Where(i => i.ResolvedAt >= facts.Since).Concat(session.Incidents.Open()).OrderByDescending(i => i.OpenedAt)],
            Failures = [.. failed.Concat(runs).OrderByDescending(f => f.At).Take(MaxFailures)],
            Approvals = [.. session.Approvals.List([], MaxApprovals).Where(a => a.CreatedAt >= facts.Since || a.SettledAt >= facts.Since).Select(a => (a.Id, a.State, a.Requester))],
            Waiting = session.Approvals.Waiting().Count,
            Cost = sums.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{Money.Text(sums.Sum(s => s.Cost))} for {sums.Sum(s => s.Requests)} requests to models ({string.Join(", ", sums.Select(s => $"{s.Key}: {Money.Text(s.Cost)}"))})"),
            Runs = ended.GroupBy(r => r.State).ToDictionary(g => g.Key.ToString().ToLowerInvariant(), g => g.Count()),
        };
    }

    private async Task<IReadOnlyList<ReportFacts.Degradation>> TrendsAsync(IReadOnlyList<CheckState> states, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = new List<ReportFacts.Degradation>();
        foreach (var state in states.Where(s => s.Value is not null && (Filling.Contains(s.Kind) || Rising.Contains(s.Kind))).Take(MaxSeries))
        {
            var values = await checks.ValuesAsync(state.Key, now - TrendTime, cancellationToken);
            if (ValueTrend.Of(values) is not { PerDay: > 0, Fit: >= ValueTrend.GoodFit } trend) continue;
            var left = Filling.Contains(state.Kind) ? trend.Until(Full) : null;
            if (left is not null ? left <= FillsSoon : Rising.Contains(state.Kind) && trend.PerDay * TrendTime.TotalDays >= NotableShare * Math.Max(trend.Now, double.Epsilon))
                found.Add(new(state.Key, trend, state.Unit, left, values));
        }

        return [.. found.OrderBy(d => d.Left ?? TimeSpan.MaxValue)];
    }
}
