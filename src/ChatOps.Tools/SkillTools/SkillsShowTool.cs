using ChatOps.Configuration;
using ChatOps.Messages;
using ChatOps.Skills;

namespace ChatOps.Tools.SkillTools;

/// <summary>Shows a skill.</summary>
internal sealed partial class SkillsShowTool(ISkillLibrary skills) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show a skill");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("name");
        var all = skills.All();
        var entry = all.FirstOrDefault(e => e.Name == name && e.WhyNot is null) ?? all.FirstOrDefault(e => e.Name == name);
        if (entry is null)
        {
            var near = NearestName.Of(name, all.Select(e => e.Name));
            return Task.FromResult(ToolAnswer.Failed(FailureCode.NotFound, $"There is no skill '{name}'" + (near is null ? ". 'skills list' lists them." : $"; did you mean '{near}'?")));
        }

        List<Field> fields = [new("From", $"{SkillText.Word(entry.Origin)}, {entry.Report.Path}"), new("State", entry.WhyNot is null ? "in use" : $"not used: {entry.WhyNot}")];
        if (entry.Report.Skill is { } skill)
        {
            fields.AddRange([new("For", skill.Description), new("Files", string.Join(", ", skill.Files)), new("Hash", skill.Hash)]);
            if (skill.License is { } license) fields.Add(new("Licence", license));
            if (skill.Compatibility is { } needs) fields.Add(new("Needs", needs));
            if (skill.AllowedTools.Count > 0) fields.Add(new("Speaks of", string.Join(", ", skill.AllowedTools)));
        }

        return Task.FromResult(ToolAnswer.Done(
            $"{name}: {(entry.WhyNot is null ? "in use" : "not used")}.", new RichMessage([new FieldsBlock(fields), .. SkillText.Blocks(entry.Report, entry.Accepted)]), SkillText.Data(entry.Report, entry.Accepted)));
    }
}
