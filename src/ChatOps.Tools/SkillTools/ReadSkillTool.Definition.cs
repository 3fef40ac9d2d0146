namespace ChatOps.Tools.SkillTools;

internal sealed partial class ReadSkillTool
{
    public static readonly ToolManifest Definition = new(
        "read_skill", SkillParameters.Group, "Read a skill's know-how, or one of its files, before working on what it is for.", ["skills read"],
        [
            SkillParameters.Name,
            new("file", ParameterKind.Text, "One of its files; SKILL.md when left out.", Position: 1, Default: "SKILL.md"),
        ])
    {
        Recorded = false,
        Examples = ["skills read systemd", "skills read kubernetes references/ingress-and-dns.md"],
    };
}
