using System.Text;
using ChatOps.Skills;

namespace ChatOps.Agent.Skills;

/// <summary>The scan of skills, for other texts.</summary>
internal sealed class TextScan(SkillScan scan) : ITextScan
{
    public IReadOnlyList<SkillFinding> Find(string name, string text) => [.. scan.File(name, Encoding.UTF8.GetBytes(text), text).Where(f => f.Severity != SkillSeverity.Note)];
}
