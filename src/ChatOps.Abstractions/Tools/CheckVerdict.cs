namespace ChatOps.Tools;

/// <summary>What a look after a change says about it.</summary>
public enum CheckVerdict
{
    /// <summary>It was looked at, and it is so.</summary>
    Verified,

    /// <summary>Nobody could look, or there was nothing to look at.</summary>
    Unverified,

    /// <summary>It was looked at, and it is not so.</summary>
    Failed,
}
