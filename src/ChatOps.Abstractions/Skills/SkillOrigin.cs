namespace ChatOps.Skills;

/// <summary>Where a skill comes from.</summary>
public enum SkillOrigin
{
    /// <summary>With the program, in <c>skills/</c>.</summary>
    Shipped,

    /// <summary>Installed into the workspace, in <c>workspace/skills/</c>, with an entry in its lock file.</summary>
    Workspace,

    /// <summary>A directory that was named at the start (<c>--skills</c>).</summary>
    Given,
}
