using System.Collections.Frozen;
using ChatOps.Configuration;

namespace ChatOps.Checks.Files;

/// <summary>The checks of one moment.</summary>
internal sealed class CheckSet(IReadOnlyList<CheckDefinition> checks, IReadOnlyList<ConfigurationProblem> problems)
{
    /// <summary>The word for every enabled check.</summary>
    public const string Everything = "all";

    private readonly FrozenDictionary<string, CheckDefinition> byName = checks.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);

    /// <summary>None, before the files were read.</summary>
    public static CheckSet Empty { get; } = new([], []);

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<CheckDefinition> Checks { get; } = checks;

    /// <summary>What is wrong in the files.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; } = problems;

    /// <summary>One; the made check of nodes too.</summary>
    public CheckDefinition? Find(string name) => byName.GetValueOrDefault(name) ?? (name == CheckDefinition.ReachableNode.Name ? CheckDefinition.ReachableNode : null);

    /// <summary>A check, the checks of a set, or every enabled one.</summary>
    public IReadOnlyList<CheckDefinition> Named(string nameOrSet) => nameOrSet == Everything
        ? [.. Checks.Where(c => c.Enabled)]
        : byName.GetValueOrDefault(nameOrSet) is { } one ? [one] : [.. Checks.Where(c => c.Enabled && c.Sets.Contains(nameOrSet))];
}
