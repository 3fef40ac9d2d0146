namespace ChatOps.Skills;

/// <summary>What a source gave, put where it can be looked at; nothing is installed by that.</summary>
/// <param name="Source">The source, without credentials.</param>
/// <param name="Reports">One for each skill in it.</param>
/// <param name="Problem">Why there is nothing, for people; null when there is something.</param>
public sealed record StagedSkills(string Source, IReadOnlyList<SkillReport> Reports, string? Problem);
