using ChatOps.Configuration;

namespace ChatOps.Scheduling.Files;

/// <summary>What is wrong with the files of workspace/schedules now.</summary>
internal sealed class ScheduleFileProblems
{
    private volatile IReadOnlyList<ConfigurationProblem> all = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<ConfigurationProblem> All => all;

    /// <summary>Replaces them.</summary>
    public void Set(IReadOnlyList<ConfigurationProblem> problems) => all = problems;
}
