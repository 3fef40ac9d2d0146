namespace ChatOps.Skills;

/// <summary>What was found out about a directory that should be a skill.</summary>
/// <param name="Path">The directory.</param>
/// <param name="Skill">The skill; null when it is none.</param>
/// <param name="Rejected">Why it is no skill; null when it is one.</param>
/// <param name="Findings">What the scan found, by file and line.</param>
public sealed record SkillReport(string Path, Skill? Skill, string? Rejected, IReadOnlyList<SkillFinding> Findings)
{
    /// <summary>What it comes to when some findings are accepted.</summary>
    public SkillVerdict Verdict(IReadOnlyCollection<string> accepted)
    {
        var open = Findings.Where(f => !accepted.Contains(f.Id)).ToList();
        return Skill is null || open.Exists(f => f.Severity == SkillSeverity.Block) ? SkillVerdict.Blocked
            : open.Exists(f => f.Severity == SkillSeverity.Review) ? SkillVerdict.Review
            : SkillVerdict.Ok;
    }
}
