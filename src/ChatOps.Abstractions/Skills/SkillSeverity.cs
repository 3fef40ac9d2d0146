namespace ChatOps.Skills;

/// <summary>What a finding in a skill asks for.</summary>
public enum SkillSeverity
{
    /// <summary>Worth knowing; nothing has to be done.</summary>
    Note,

    /// <summary>A person should look at it before the skill is used.</summary>
    Review,

    /// <summary>The pattern of a harmful skill: it is not used until an administrator accepts this very finding.</summary>
    Block,
}
