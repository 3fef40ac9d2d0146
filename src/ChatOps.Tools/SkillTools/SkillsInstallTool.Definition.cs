namespace ChatOps.Tools.SkillTools;

internal sealed partial class SkillsInstallTool
{
    public static readonly ToolManifest Definition = new(
        "skills_install", SkillParameters.Group, "Install a skill from a folder, an archive or a git repository, after it was looked at and approved.", ["skills install"],
        [
            SkillParameters.Source,
            new("name", ParameterKind.Text, "Which one, when the source holds several."),
            new("accept", ParameterKind.Text, "Ids of findings that are accepted, each by itself.") { Repeatable = true },
        ])
    {
        Examples = ["skills install ./my-skill", "skills install https://example.com/team/skills.git --name backups --accept hidden-html-3f9a1c"],
    };
}
