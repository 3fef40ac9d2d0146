using ChatOps.Checks;
using ChatOps.Configuration;
using ChatOps.Identity;

namespace ChatOps.Scheduling.Work;

/// <summary>A look at checks at its time. Findings are said where they always are; the run itself says nothing unless it fails.</summary>
internal sealed class ChecksWork(CommandWork commands, Lazy<IChecks> checks) : IScheduledWork
{
    private const string All = "all";

    public ScheduleKind Kind => ScheduleKind.Checks;

    public bool CanResume => true;

    public string? WhyNot(string text, Principal owner)
    {
        var names = checks.Value.Written.Select(c => c.Name).Concat(checks.Value.Sets).Append(All).ToList();
        if (names.Contains(text, StringComparer.Ordinal)) return commands.WhyNot(Line(text), owner);
        var near = NearestName.Of(text, names);
        return $"There is no check or set '{text}'." + (near is null ? " 'check list' lists them." : $" Did you mean '{near}'?");
    }

    public async Task<ScheduledOutcome> RunAsync(ScheduledRun run, CancellationToken cancellationToken)
    {
        var outcome = await commands.RunAsync(run with { Text = Line(run.Text) }, cancellationToken);
        return outcome.End == ScheduledEnd.Done ? outcome with { End = ScheduledEnd.Quiet, Say = null } : outcome;
    }

    private static string Line(string name) => $"/check run {name}";
}
