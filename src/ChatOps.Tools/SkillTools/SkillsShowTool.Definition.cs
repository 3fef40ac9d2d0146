namespace ChatOps.Tools.SkillTools;

internal sealed partial class SkillsShowTool
{
    public static readonly ToolManifest Definition = new("skills_show", SkillParameters.Group, "One skill: what it is, its files, and what the scan found.", ["skills show"], [SkillParameters.Name])
    {
        Recorded = false,
        Examples = ["skills show systemd"],
    };
}
