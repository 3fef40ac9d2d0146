namespace ChatOps.Tools.SkillTools;

internal sealed partial class SkillsListTool
{
    public static readonly ToolManifest Definition = new("skills_list", SkillParameters.Group, "The skills: those in use, and those that are not with the reason.", ["skills list", "skills"], [])
    {
        Recorded = false,
        Examples = ["skills list"],
    };
}
