using ChatOps.Configuration;

namespace ChatOps.Checks;

/// <summary>The checks of workspace/checks: what is written, where each stands, and the way to look at one now.</summary>
public interface IChecks
{
    /// <summary>The checks that are written and could be read, ordered by name.</summary>
    IReadOnlyList<CheckInfo> Written { get; }

    /// <summary>What is wrong in the files, with file and line; the rest is in force.</summary>
    IReadOnlyList<ConfigurationProblem> Problems { get; }

    /// <summary>Where each check stands on each of its targets, the worst first.</summary>
    IReadOnlyList<CheckState> States { get; }

    /// <summary>The names of sets.</summary>
    IReadOnlyList<string> Sets { get; }

    /// <summary>Looks now, at one check or at all of a set (<c>all</c> is every enabled one). What changes is said as always.</summary>
    /// <returns>Where each stands afterwards; null when there is no such check or set.</returns>
    Task<IReadOnlyList<CheckState>?> RunAsync(string nameOrSet, CancellationToken cancellationToken);

    /// <summary>What a check measured on a target since a time: by the hour, and this hour's looks behind that.</summary>
    Task<IReadOnlyList<CheckSample>> ValuesAsync(CheckKey key, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The silences that hold.</summary>
    Task<IReadOnlyList<CheckSilence>> SilencesAsync(CancellationToken cancellationToken);

    /// <summary>Says nothing of a check until a time.</summary>
    Task SilenceAsync(CheckSilence silence, CancellationToken cancellationToken);

    /// <summary>Ends the silences of a check; returns how many. What is bad meanwhile is said then.</summary>
    Task<int> UnsilenceAsync(string check, string? target, CancellationToken cancellationToken);
}
