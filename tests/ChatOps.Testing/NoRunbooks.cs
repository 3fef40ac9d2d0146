using ChatOps.Checks;
using ChatOps.Configuration;

namespace ChatOps.Testing;

/// <summary>No runbook notes, for parts that only need them to be there.</summary>
public sealed class NoRunbooks : IRunbooks
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<RunbookState>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RunbookState>>([]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunbookRun>> RunsAsync(string name, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RunbookRun>>([]);

    /// <inheritdoc/>
    public IReadOnlyList<ConfigurationProblem> Validate() => [];

    /// <inheritdoc/>
    public Task<TrustDecision> TrustAsync(string name, RunbookTrust trust, string by, string reason, CancellationToken cancellationToken) =>
        Task.FromResult(new TrustDecision(false, $"There is no note '{name}'.", null));
}
