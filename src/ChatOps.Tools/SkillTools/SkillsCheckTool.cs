using ChatOps.Messages;
using ChatOps.Skills;

namespace ChatOps.Tools.SkillTools;

/// <summary>Checks skills without installing them.</summary>
internal sealed partial class SkillsCheckTool(ISkillLibrary skills) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Check skills");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var staged = await skills.StageAsync(call.Arguments.Required("source"), cancellationToken);
        if (staged.Problem is { } problem) return ToolAnswer.Failed(FailureCode.NotFound, problem);
        var blocked = staged.Reports.Count(r => r.Verdict([]) == SkillVerdict.Blocked);
        var summary = $"{staged.Reports.Count} skill{(staged.Reports.Count == 1 ? "" : "s")} looked at, {blocked} blocked.";
        return ToolAnswer.Done(summary, new RichMessage([.. staged.Reports.SelectMany(r => SkillText.Blocks(r, []))]), staged.Reports.Select(r => SkillText.Data(r, [])).ToList());
    }
}
