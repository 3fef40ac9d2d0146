namespace ChatOps.Checks.Runbooks;

/// <summary>The bounds of runbook notes.</summary>
internal static class RunbookBounds
{
    /// <summary>Most notes.</summary>
    public const int MaxNotes = 500;

    /// <summary>Largest file, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Longest front matter, in lines.</summary>
    public const int MaxHeaderLines = 100;

    /// <summary>Most steps; a plan takes no more.</summary>
    public const int MaxSteps = 20;

    /// <summary>Longest command line.</summary>
    public const int MaxCommand = 2000;

    /// <summary>Most entries of a list.</summary>
    public const int MaxList = 50;

    /// <summary>Verified runs in a row that a note must show before its steps may run without a card.</summary>
    public const int VerifiedForAuto = 3;
}
