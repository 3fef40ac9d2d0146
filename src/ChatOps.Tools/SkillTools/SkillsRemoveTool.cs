using ChatOps.Skills;

namespace ChatOps.Tools.SkillTools;

/// <summary>Removes an installed skill.</summary>
internal sealed partial class SkillsRemoveTool(ISkillLibrary skills) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) =>
        ToolRisk.Change("skills.remove", "The model loses this know-how.", $"Remove the skill {call.Arguments.Required("name")}", $"skills remove {call.Arguments.Required("name")}");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("name");
        var found = skills.All().Where(e => e.Name == name).ToList();
        if (found.Exists(e => e.Origin == SkillOrigin.Workspace) && skills.Remove(name)) return Task.FromResult(ToolAnswer.Done($"{name} is removed.", new { name }));
        return Task.FromResult(ToolAnswer.Failed(FailureCode.NotFound, found.Count == 0
            ? $"There is no skill '{name}'. 'skills list' lists them."
            : $"{name} was not installed; it is {SkillText.Word(found[0].Origin)}, in {found[0].Report.Path}."));
    }
}
