using ChatOps.Configuration;

namespace ChatOps.Bus;

/// <summary>Collects what is wrong with options, all of it, so that a person repairs it in one go.</summary>
internal sealed class BoundCheck
{
    private readonly List<ConfigurationProblem> problems = [];

    public IReadOnlyList<ConfigurationProblem> Problems => problems;

    public void Within<T>(string key, T value, T least, T most) where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0) Add(key, $"{value} is out of range; it must be from {least} to {most}.");
    }

    public void Add(string key, string reason) => problems.Add(new ConfigurationProblem("options", 0, key, reason));
}
