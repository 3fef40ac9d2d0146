namespace ChatOps.Skills;

/// <summary>Something that the scan of a skill found.</summary>
/// <param name="Id">Stable for the same text in the same file: the rule and a short hash, <c>download-and-run-3f9a1c</c>. This is what an administrator accepts.</param>
/// <param name="Severity">What it asks for.</param>
/// <param name="File">Relative to the skill.</param>
/// <param name="Line">1-based; 0 for the file as a whole.</param>
/// <param name="Reason">What it is and why it matters, for people.</param>
public sealed record SkillFinding(string Id, SkillSeverity Severity, string File, int Line, string Reason);
