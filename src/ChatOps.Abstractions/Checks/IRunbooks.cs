using ChatOps.Configuration;

namespace ChatOps.Checks;

/// <summary>The notes of workspace/runbooks, and how far each is trusted.</summary>
public interface IRunbooks
{
    /// <summary>All that could be read, ordered by name.</summary>
    Task<IReadOnlyList<RunbookState>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The newest runs of a note.</summary>
    Task<IReadOnlyList<RunbookRun>> RunsAsync(string name, int limit, CancellationToken cancellationToken);

    /// <summary>Reads the files now and says what is wrong in them, with file and line; the rest holds.</summary>
    IReadOnlyList<ConfigurationProblem> Validate();

    /// <summary>A person decides how far a note is trusted: up by one step and only on its record, down as far as they want.</summary>
    Task<TrustDecision> TrustAsync(string name, RunbookTrust trust, string by, string reason, CancellationToken cancellationToken);
}
