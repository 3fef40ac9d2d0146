namespace ChatOps.Host;

/// <summary>Where more skills are (<c>Skills</c> in the configuration).</summary>
public sealed class SkillsSettings
{
    /// <summary>A directory of skills beside those that are shipped and installed; <c>gateway --skills</c> wins over it. Default: none.</summary>
    public string? Directory { get; set; }
}
