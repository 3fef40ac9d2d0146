using ChatOps.Configuration;
using ChatOps.Messages;
using ChatOps.Skills;

namespace ChatOps.Tools.SkillTools;

/// <summary>Reads a skill. It is know-how that somebody answered for; it grants nothing, and what it proposes passes the gate like anything else.</summary>
internal sealed partial class ReadSkillTool(ISkillLibrary skills) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Read a skill");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("name");
        if (skills.Find(name) is not { } skill)
        {
            var near = NearestName.Of(name, skills.All().Where(e => e.WhyNot is null).Select(e => e.Name));
            return Task.FromResult(ToolAnswer.Failed(FailureCode.NotFound, $"No skill '{name}' is in use" + (near is null ? ". 'skills list' lists them." : $"; did you mean '{near}'?")));
        }

        var file = call.Arguments.Required("file");
        var (text, problem) = skills.Read(skill, file);
        if (text is null) return Task.FromResult(ToolAnswer.Failed(FailureCode.NotFound, problem!));
        return Task.FromResult(ToolAnswer.Done($"{name}/{file}", new RichMessage([new CodeBlock(text, file)]), new { name, file, text, files = skill.Files }));
    }
}
