using ChatOps.Configuration;

namespace ChatOps.Checks.Runbooks;

/// <summary>The notes of one moment.</summary>
/// <param name="Notes">Ordered by name.</param>
/// <param name="Problems">What is wrong in the files.</param>
internal sealed record RunbookSet(IReadOnlyList<RunbookNote> Notes, IReadOnlyList<ConfigurationProblem> Problems)
{
    /// <summary>The note for a finding: the one that says most exactly what it is for; null for none.</summary>
    public RunbookNote? For(Finding finding, IReadOnlyList<Fleet.NodeInfo> nodes) => Notes
        .Where(n => RunbookMatching.Fits(n.Match, finding, nodes))
        .OrderByDescending(n => RunbookMatching.Exactness(n.Match)).ThenBy(n => n.Name, StringComparer.Ordinal).FirstOrDefault();
}
