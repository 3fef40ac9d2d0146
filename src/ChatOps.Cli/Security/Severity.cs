namespace ChatOps.Cli.Security;

/// <summary>How much a finding matters.</summary>
internal enum Severity
{
    /// <summary>Looked at, and as it should be.</summary>
    Ok,

    /// <summary>Worth knowing; often meant so.</summary>
    Note,

    /// <summary>Weakens a boundary: mend it soon, or know why not.</summary>
    Warning,

    /// <summary>A boundary is open: mend it now.</summary>
    Critical,
}
