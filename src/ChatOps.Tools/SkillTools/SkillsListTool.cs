using ChatOps.Messages;
using ChatOps.Skills;

namespace ChatOps.Tools.SkillTools;

/// <summary>Lists skills.</summary>
internal sealed partial class SkillsListTool(ISkillLibrary skills) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("List skills");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var all = skills.All();
        var rows = all.Select(e => (IReadOnlyList<string>)[e.Name, SkillText.Word(e.Origin), e.WhyNot is null ? "in use" : "not used", e.WhyNot ?? e.Report.Skill!.Description]).ToList();
        var used = all.Count(e => e.WhyNot is null);
        var summary = $"{used} skill{(used == 1 ? "" : "s")} in use" + (used < all.Count ? $", {all.Count - used} not." : ".");
        return Task.FromResult(ToolAnswer.Done(
            summary, rows.Count == 0 ? RichMessage.Text("There are no skills.") : new RichMessage([new TextBlock(summary), new TableBlock(["Skill", "From", "State", "What it is for"], rows)]),
            all.Select(e => new { name = e.Name, origin = SkillText.Word(e.Origin), used = e.WhyNot is null, reason = e.WhyNot, description = e.Report.Skill?.Description, path = e.Report.Path, hash = e.Report.Skill?.Hash }).ToList()));
    }
}
