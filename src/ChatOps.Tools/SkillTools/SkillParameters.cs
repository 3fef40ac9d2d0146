namespace ChatOps.Tools.SkillTools;

/// <summary>Parameters that tools of skills share.</summary>
internal static class SkillParameters
{
    /// <summary>The group that access rules name.</summary>
    public const string Group = "skills";

    /// <summary>A skill.</summary>
    public static ToolParameter Name { get; } = new("name", ParameterKind.Text, "The skill's name.", Required: true, Position: 0);

    /// <summary>Where to fetch from.</summary>
    public static ToolParameter Source { get; } = new(
        "source", ParameterKind.Text, "A folder or archive (.zip, .tar.gz) on the gateway's machine, or the https address of an archive or a git repository (#branch behind it).", Required: true, Position: 0);
}
