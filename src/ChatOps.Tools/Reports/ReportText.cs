using System.Globalization;
using System.Text;
using ChatOps.Approvals;
using ChatOps.Checks;
using ChatOps.Messages;
using ChatOps.Tools.Checks;

namespace ChatOps.Tools.Reports;

/// <summary>A report in words: whole as Markdown, and short for a channel.</summary>
internal static class ReportText
{
    private const int MaxListed = 50;
    private const int MaxShort = 5;

    /// <summary>The title.</summary>
    public static string Title(string name, ReportFacts facts) => string.Create(CultureInfo.InvariantCulture, $"{(name == "weekly" ? "Weekly" : "Daily")} report, {facts.Until:yyyy-MM-dd HH:mm} UTC");

    /// <summary>The report in a sentence.</summary>
    public static string Headline(ReportFacts facts)
    {
        var open = facts.Findings.Count(f => f.ClosedAt is null);
        if (facts.Findings.Count == 0 && facts.Failures.Count == 0 && facts.Trends.Count == 0 && facts.Incidents.Count == 0) return $"Nothing to report: {Count(facts.Well, "check")} well, nothing failed.";
        var incidents = facts.Incidents.Count == 0 ? "" : $"{Count(facts.Incidents.Count, "incident")} ({facts.Incidents.Count(i => i.ResolvedAt is null)} open), ";
        return $"{Count(facts.Findings.Count, "finding")} ({open} open), {incidents}{Count(facts.Failures.Count, "failure")}, {Count(facts.Trends.Count, "slow degradation")}, {Count(facts.Well, "check")} well.";
    }

    /// <summary>What a model made of it, marked as such.</summary>
    public static string Opinion(string? opinion) => opinion is null ? "" : $"## What the model makes of it\n\nA guess from the facts below, by the configured model.\n\n{opinion}\n\n";

    /// <summary>What matters of it.</summary>
    public static IEnumerable<Block> Short(ReportFacts facts)
    {
        yield return new TextBlock(PlainText.Escape(Headline(facts)), facts.Findings.Any(f => f.ClosedAt is null) ? Tone.Failed : Tone.Plain);
        var lines = facts.Incidents.Take(MaxShort).Select(i => $"incident {Incident(i)}").Concat(facts.Bad.Take(MaxShort).Select(s => $"{CheckText.Word(s.Level)}: {s.Key} {s.Text} {Sparkline.Of(s.History)}".Trim()))
            .Concat(facts.Trends.Take(MaxShort).Select(Trend))
            .Concat(facts.Logs.Where(l => l.Errors > 0).Take(MaxShort).Select(Log))
            .Concat(facts.Failures.Take(MaxShort).Select(f => $"failed: {f.Text}"))
            .Select(l => $"- {PlainText.Escape(l.ReplaceLineEndings(" "))}").ToList();
        if (lines.Count > 0) yield return new TextBlock(string.Join('\n', lines));
        if (facts.Waiting > 0) yield return new TextBlock(PlainText.Escape($"{Count((int)facts.Waiting, "approval")} waiting for a decision."), Tone.Waiting);
        if (facts.Cost is { } cost) yield return new TextBlock(PlainText.Escape($"Models: {cost}."));
    }

    /// <summary>The whole report without its title.</summary>
    public static string Markdown(ReportFacts facts)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{PlainText.Escape(Headline(facts))}\n\nFrom {facts.Since:yyyy-MM-dd HH:mm} to {facts.Until:yyyy-MM-dd HH:mm} UTC.\n\n");
        Section(text, "Not well now", facts.Bad.Select(s => $"{CheckText.Word(s.Level)} since {CheckText.Time(s.Since)}: {s.Key}. {s.Text} {CheckText.Value(s)} {Sparkline.Of(s.History)}"), "Every check that was looked at is well.");
        Section(text, "Findings", facts.Findings.Select(Finding), "None.");
        Section(text, "Incidents", facts.Incidents.Select(Incident), "None is open, and none was resolved.");
        Section(text, "Slow degradations", facts.Trends.Select(Trend), "None that the values of the last days show.");
        Section(text, "Logs", facts.Logs.Select(Log), "No log is watched; checks of the kind log_errors do that.");
        Section(text, "Failures", facts.Failures.Select(f => $"{CheckText.Time(f.At)}: {f.Text}{(f.AuditId is null ? "" : $" (audit {f.AuditId})")}"), "None.");
        Section(text, "Approvals", facts.Approvals.GroupBy(a => a.State).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key.ToString().ToLowerInvariant()}: {string.Join(", ", g.Take(MaxShort).Select(a => $"{a.Id} of {a.Requester}"))}{(g.Count() > MaxShort ? ", …" : "")}")
            .Concat(facts.Approvals.Any(a => a.State == ApprovalState.Pending) || facts.Waiting == 0 ? [] : [$"{facts.Waiting} waiting for a decision, asked for before"]), "None.");
        Section(text, "Schedules", facts.Runs.Select(r => $"{r.Value} {r.Key}"), "Nothing ran by itself.");
        Section(text, "Costs of models", facts.Cost is { } cost ? [cost] : [], "None.");
        return text.ToString();
    }

    /// <summary>A slow degradation in a sentence.</summary>
    public static string Trend(ReportFacts.Degradation d)
    {
        var unit = d.Unit.Length == 0 ? "" : " " + d.Unit;
        var line = string.Create(CultureInfo.InvariantCulture, $"{d.Key}: {d.Trend.Now:0.#}{unit} and {d.Trend.PerDay:0.##}{unit} more each day {Sparkline.Of(d.Values)}");
        return d.Left is { } left ? $"{line} Full in about {Days(left)}." : line;
    }

    private static string Log(ReportFacts.LogCount log) => string.Create(CultureInfo.InvariantCulture, $"{log.Key}: {log.Errors:0} error lines in this time. {log.State.Text} {Sparkline.Of(log.State.History)}");

    private static string Finding(Finding f) =>
        $"{CheckText.Word(f.Level)}, {CheckText.Time(f.OpenedAt)}{(f.ClosedAt is { } closed ? $" until {CheckText.Time(closed)}" : ", still open")}: {f.Text}";

    private static string Incident(Incident i) => i.ResolvedAt is { } at
        ? $"{i.Id}, resolved {CheckText.Time(at)} by {i.ResolvedBy}: {i.Title} The draft of a post-mortem is in workspace/reports/{i.Report}."
        : $"{i.Id}, open since {CheckText.Time(i.OpenedAt)}: {i.Title}";

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines, string none)
    {
        var all = lines.ToList();
        text.Append(CultureInfo.InvariantCulture, $"## {title}\n\n");
        if (all.Count == 0) text.Append(none).Append('\n');
        foreach (var line in all.Take(MaxListed)) text.Append("- ").Append(PlainText.Escape(line.ReplaceLineEndings(" ").Trim())).Append('\n');
        if (all.Count > MaxListed) text.Append(CultureInfo.InvariantCulture, $"- and {all.Count - MaxListed} more\n");
        text.Append('\n');
    }

    private static string Days(TimeSpan time) => time.TotalDays < 2 ? $"{Math.Max(1, Math.Round(time.TotalHours)):0} hours" : $"{Math.Round(time.TotalDays):0} days";

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
