using ChatOps.Checks;
using ChatOps.Rendering;

namespace ChatOps.Tools.Reports;

/// <summary>Which charts a report has: what gets worse, what is not well, and one disk, one log and one address.</summary>
internal sealed class ReportCharts(IChecks checks)
{
    private static readonly TimeSpan Charted = TimeSpan.FromDays(7);
    private static readonly string[] Usual = ["disk", "log_errors", "http"];

    /// <summary>Chooses them.</summary>
    public async Task<IReadOnlyList<LineChart>> OfAsync(ReportFacts facts, CancellationToken cancellationToken)
    {
        var states = checks.States.Where(s => s.Value is not null).ToList();
        var chosen = facts.Trends.Select(t => states.FirstOrDefault(s => s.Key == t.Key)).OfType<CheckState>()
            .Concat(states.Where(s => s.IsBad)).Concat(Usual.Select(kind => states.FirstOrDefault(s => s.Kind == kind)).OfType<CheckState>()).DistinctBy(s => s.Key);
        return await OfAsync(chosen, facts.Until, cancellationToken);
    }

    /// <summary>The charts of some checks; those that measured less than twice have none.</summary>
    public async Task<IReadOnlyList<LineChart>> OfAsync(IEnumerable<CheckState> states, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var charts = new List<LineChart>();
        foreach (var state in states)
        {
            if (charts.Count == ChartPictures.MaxCharts) break;
            var chart = CheckChart.Of(state, await checks.ValuesAsync(state.Key, now - Charted, cancellationToken));
            if (chart.Points.Count > 1) charts.Add(chart);
        }

        return charts;
    }
}
