using ChatOps.Skills;
using ChatOps.Tools;

namespace ChatOps.Outside;

/// <summary>A tool of a server.</summary>
/// <param name="Manifest">Its definition here, made from the server's.</param>
/// <param name="Server">Whose it is.</param>
/// <param name="Name">As the server names it.</param>
/// <param name="Definition">What the server says of it, whole: description, schema, hints. Text from outside.</param>
/// <param name="Hash">SHA-256 of name and definition.</param>
/// <param name="Findings">What the scan found in it.</param>
/// <param name="WhyNot">Why it is not in use; null when it is.</param>
public sealed record OutsideTool(ToolManifest Manifest, string Server, string Name, string Definition, string Hash, IReadOnlyList<SkillFinding> Findings, string? WhyNot);
