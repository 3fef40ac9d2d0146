using ChatOps.Configuration;

namespace ChatOps.Checks;

/// <summary>The notes of workspace/runbooks and how far each is trusted.</summary>
public interface IRunbookNotes
{
    /// <summary>What is wrong in the files.</summary>
    IReadOnlyList<ConfigurationProblem> Problems { get; }

    /// <summary>All notes with their records, ordered by name.</summary>
    Task<IReadOnlyList<RunbookNote>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Sets the trust of a note by a person's decision: one step up at most, never above what its file allows, down as far as wanted.</summary>
    /// <returns>Null when done, else why not.</returns>
    Task<string?> SetTrustAsync(string name, RunbookTrust trust, string by, string why, CancellationToken cancellationToken);
}
