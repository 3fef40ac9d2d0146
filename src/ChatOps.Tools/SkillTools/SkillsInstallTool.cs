using System.Globalization;
using System.Text;
using ChatOps.Policy;
using ChatOps.Skills;

namespace ChatOps.Tools.SkillTools;

/// <summary>
/// Installs a skill. Its text will be read by the model as know-how, so it is never done silently: what is approved is the hash of exactly the files that were looked at, with every finding that
/// was accepted; what the source gives when it runs must be the same.
/// </summary>
internal sealed partial class SkillsInstallTool(ISkillLibrary skills) : ITool
{
    private const string HashLabel = "Hash";
    private const int MaxShown = 40;

    public ToolManifest Manifest => Definition;

    public async ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var (skill, report, problem) = await ChooseAsync(call, cancellationToken);
        var runsAs = new Dictionary<string, string> { [HashLabel] = skill?.Hash ?? "" };
        return new ToolAssessment(
            Risk.Dangerous, "skills.install", "Its text is given to the model as know-how; the model will act by it.", $"Install the skill {skill?.Name ?? "(unknown)"}",
            report is null ? call.Arguments.Required("source") : Preview(call.Arguments.Required("source"), report, Accepted(call)), runsAs) { Problem = problem };
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var (skill, _, problem) = await ChooseAsync(call, cancellationToken);
        if (skill is null) return ToolAnswer.Refused(FailureCode.BadArguments, problem!);
        if (call.Assessment?.RunsAs.GetValueOrDefault(HashLabel) != skill.Hash)
            return ToolAnswer.Refused(FailureCode.PlanDrifted, "What the source gives now is not what was looked at and approved. Nothing was installed.");
        skills.Install(skill, call.Arguments.Required("source"), Accepted(call), call.Principal.Id);
        return ToolAnswer.Done($"{skill.Name} is installed and in use (sha256 {skill.Hash[..12]}).", new { name = skill.Name, hash = skill.Hash, accepted = Accepted(call) });
    }

    private async Task<(Skill? Skill, SkillReport? Report, string? Problem)> ChooseAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var staged = await skills.StageAsync(call.Arguments.Required("source"), cancellationToken);
        if (staged.Problem is { } nothing) return (null, null, nothing);
        var wanted = call.Arguments.Text("name");
        if (wanted is null && staged.Reports.Count > 1)
            return (null, null, $"The source holds {staged.Reports.Count} skills; say which with --name: {string.Join(", ", staged.Reports.Select(r => r.Skill?.Name ?? Path.GetFileName(r.Path)).Take(MaxShown))}.");
        var report = wanted is null ? staged.Reports[0] : staged.Reports.FirstOrDefault(r => r.Skill?.Name == wanted);
        if (report is null) return (null, null, $"The source holds no skill '{wanted}'.");
        if (report.Skill is null) return (null, report, $"{Path.GetFileName(report.Path)} is no skill: {report.Rejected}");
        var accepted = Accepted(call);
        if (accepted.FirstOrDefault(a => report.Findings.All(f => f.Id != a)) is { } unknown) return (null, report, $"There is no finding '{unknown}' in it.");
        var open = report.Findings.Where(f => f.Severity != SkillSeverity.Note && !accepted.Contains(f.Id)).ToList();
        return open.Count == 0 ? (report.Skill, report, null)
            : (null, report, $"{open.Count} finding{(open.Count == 1 ? "" : "s")} must be looked at and accepted one by one, or mended at its source: " +
                string.Join("; ", open.Take(5).Select(f => $"{f.Id} ({f.File}:{f.Line}: {f.Reason})")) + (open.Count > 5 ? "; …" : "") + $" 'skills check' shows all; then --accept {open[0].Id} …");
    }

    private static IReadOnlyList<string> Accepted(ToolCall call) => call.Arguments.Text("accept")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string Preview(string source, SkillReport report, IReadOnlyList<string> accepted)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"from {source}\nsha256 {report.Skill?.Hash}\n");
        if (report.Skill is { } skill) text.Append(CultureInfo.InvariantCulture, $"{skill.Description}\nfiles: {string.Join(", ", skill.Files.Take(MaxShown))}\n");
        foreach (var finding in report.Findings.Where(f => accepted.Contains(f.Id))) text.Append(CultureInfo.InvariantCulture, $"accepted {finding.Id} at {finding.File}:{finding.Line}: {finding.Reason}\n");
        return text.ToString().TrimEnd();
    }
}
