namespace ChatOps.Configuration;

/// <summary>A file that is reloaded while running. The last good version stays in force when a new one is bad.</summary>
public interface IReloadStatus
{
    /// <summary>The file's path.</summary>
    string File { get; }

    /// <summary>When the version in force was loaded.</summary>
    DateTimeOffset LoadedAt { get; }

    /// <summary>What is wrong with the newest version; empty when it is in force.</summary>
    IReadOnlyList<ConfigurationProblem> Problems { get; }
}
