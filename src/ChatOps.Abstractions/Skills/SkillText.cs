using ChatOps.Messages;

namespace ChatOps.Skills;

/// <summary>How skills are shown to people and programs.</summary>
public static class SkillText
{
    /// <summary>The verdict as one word.</summary>
    public static string Word(SkillVerdict verdict) => verdict switch { SkillVerdict.Ok => "ok", SkillVerdict.Review => "review", _ => "blocked" };

    /// <summary>Where a skill comes from.</summary>
    public static string Word(SkillOrigin origin) => origin switch { SkillOrigin.Shipped => "shipped", SkillOrigin.Workspace => "installed", _ => "given" };

    /// <summary>For programs: one object a skill.</summary>
    public static object Data(SkillReport report, IReadOnlyCollection<string> accepted) => new
    {
        path = report.Path,
        name = report.Skill?.Name,
        verdict = Word(report.Verdict(accepted)),
        hash = report.Skill?.Hash,
        reason = report.Rejected,
        findings = report.Findings.Select(f => new { id = f.Id, severity = Severity(f.Severity), file = f.File, line = f.Line, reason = f.Reason, accepted = accepted.Contains(f.Id) }).ToList(),
    };

    /// <summary>For people.</summary>
    public static IEnumerable<Block> Blocks(SkillReport report, IReadOnlyCollection<string> accepted)
    {
        var name = report.Skill?.Name ?? Path.GetFileName(report.Path);
        var verdict = report.Verdict(accepted);
        var tone = verdict switch { SkillVerdict.Ok => Tone.Ok, SkillVerdict.Review => Tone.Plain, _ => Tone.Failed };
        yield return new TextBlock($"**{PlainText.Escape(name)}**: {Word(verdict)}" + (report.Rejected is { } why ? $". {PlainText.Escape(why)}" : ""), tone);
        if (report.Findings.Count == 0) yield break;
        yield return new TableBlock(
            ["Finding", "Where", "Why"],
            [.. report.Findings.Select(f => (IReadOnlyList<string>)[accepted.Contains(f.Id) ? f.Id + " (accepted)" : f.Id, f.Line > 0 ? $"{f.File}:{f.Line}" : f.File, $"{Severity(f.Severity)}: {f.Reason}"])]);
    }

    private static string Severity(SkillSeverity severity) => severity switch { SkillSeverity.Block => "block", SkillSeverity.Review => "review", _ => "note" };
}
