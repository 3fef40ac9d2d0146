using ChatOps.Checks;
using ChatOps.Configuration;

namespace ChatOps.Testing;

/// <summary>No checks, for parts that only need them to be there.</summary>
public sealed class NoChecks : IChecks
{
    /// <inheritdoc/>
    public IReadOnlyList<CheckInfo> Written => [];

    /// <inheritdoc/>
    public IReadOnlyList<ConfigurationProblem> Problems => [];

    /// <inheritdoc/>
    public IReadOnlyList<CheckState> States => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Sets => [];

    /// <inheritdoc/>
    public Task<IReadOnlyList<CheckState>?> RunAsync(string nameOrSet, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CheckState>?>(null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CheckSample>> ValuesAsync(CheckKey key, DateTimeOffset since, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CheckSample>>([]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CheckSilence>> SilencesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CheckSilence>>([]);

    /// <inheritdoc/>
    public Task SilenceAsync(CheckSilence silence, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<int> UnsilenceAsync(string check, string? target, CancellationToken cancellationToken) => Task.FromResult(0);
}
