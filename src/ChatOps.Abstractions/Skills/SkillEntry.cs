namespace ChatOps.Skills;

/// <summary>A skill that was found, and whether it is used.</summary>
/// <param name="Report">What was found out.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="WhyNot">Why it is not used, for people; null when it is.</param>
/// <param name="Accepted">Ids of findings that an administrator accepted.</param>
public sealed record SkillEntry(SkillReport Report, SkillOrigin Origin, string? WhyNot, IReadOnlyList<string> Accepted)
{
    /// <summary>Its name, or its directory's.</summary>
    public string Name => Report.Skill?.Name ?? Path.GetFileName(Report.Path);
}
