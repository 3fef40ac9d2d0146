namespace ChatOps.Agent.Skills;

/// <summary>Where skills are.</summary>
public sealed class SkillsOptions
{
    /// <summary>Files of one skill, at most.</summary>
    public const int MaxFiles = 200;

    /// <summary>Bytes of one file, at most.</summary>
    public const int MaxFileBytes = 1024 * 1024;

    /// <summary>Bytes of one skill, at most.</summary>
    public const long MaxBytes = 8 * 1024 * 1024;

    /// <summary>Skills in one directory, at most.</summary>
    public const int MaxSkills = 200;

    /// <summary>Lines of a SKILL.md that a model should be given at once; longer is worth a note.</summary>
    public const int LongBody = 500;

    /// <summary>How long fetching a source may take.</summary>
    public static readonly TimeSpan FetchTime = TimeSpan.FromSeconds(60);

    /// <summary>How often directories are looked at, at most.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    /// <summary>The directory of the shipped ones; null for none.</summary>
    public string? Shipped { get; set; }

    /// <summary>The directory that installed ones go to.</summary>
    public string Installed { get; set; } = Path.Combine("workspace", "skills");

    /// <summary>A directory of skills that was named at the start; null for none.</summary>
    public string? Given { get; set; }

    /// <summary>Where sources are put to be looked at. Emptied at every use.</summary>
    public string Staging { get; set; } = Path.Combine(Path.GetTempPath(), "chatops-skills");
}
