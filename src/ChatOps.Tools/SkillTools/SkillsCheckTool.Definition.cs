namespace ChatOps.Tools.SkillTools;

internal sealed partial class SkillsCheckTool
{
    public static readonly ToolManifest Definition = new(
        "skills_check", SkillParameters.Group, "Look through skills before they are installed: what is wrong with them, and what harmful ones do.", ["skills check"], [SkillParameters.Source])
    {
        OnlyReads = true,
        Examples = ["skills check ./my-skill", "skills check https://example.com/team/skills.git"],
    };
}
