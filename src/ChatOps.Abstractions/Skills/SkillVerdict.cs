namespace ChatOps.Skills;

/// <summary>What the scan of a skill comes to, accepted findings left out.</summary>
public enum SkillVerdict
{
    /// <summary>Nothing stands against it.</summary>
    Ok,

    /// <summary>A person should look at something.</summary>
    Review,

    /// <summary>It is not to be used as it is: a finding blocks it, or it is no skill.</summary>
    Blocked,
}
