namespace ChatOps.Configuration;

/// <summary>Configuration that stops the start, with every problem at once.</summary>
/// <param name="problems">All problems found; at least one.</param>
public sealed class ConfigurationProblemsException(IReadOnlyList<ConfigurationProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>All problems found.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; } = problems;
}
