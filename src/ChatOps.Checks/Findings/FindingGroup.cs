using ChatOps.Checks.Files;

namespace ChatOps.Checks.Findings;

/// <summary>States of one check that changed alike.</summary>
/// <param name="Check">The check.</param>
/// <param name="Level">What they are now.</param>
/// <param name="States">The states.</param>
internal sealed record FindingGroup(CheckDefinition Check, CheckLevel Level, IReadOnlyList<CheckState> States)
{
    /// <summary>The checks that are silent because of it.</summary>
    public IReadOnlyList<string> Muted { get; init; } = [];

    /// <summary>Whether it got well.</summary>
    public bool IsRecovery => Level == CheckLevel.Ok;
}
