namespace ChatOps.Tools.SkillTools;

internal sealed partial class SkillsRemoveTool
{
    public static readonly ToolManifest Definition = new("skills_remove", SkillParameters.Group, "Remove an installed skill.", ["skills remove"], [SkillParameters.Name])
    {
        Examples = ["skills remove backups"],
    };
}
