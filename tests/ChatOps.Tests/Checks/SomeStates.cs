using ChatOps.Checks;
using ChatOps.Configuration;

namespace ChatOps.Tests.Checks;

/// <summary>Checks that stand as a test says.</summary>
internal sealed class SomeStates : IChecks
{
    public List<CheckState> All { get; } = [];

    public Dictionary<CheckKey, IReadOnlyList<CheckSample>> Values { get; } = [];

    public IReadOnlyList<CheckInfo> Written => [];

    public IReadOnlyList<ConfigurationProblem> Problems => [];

    public IReadOnlyList<CheckState> States => All;

    public IReadOnlyList<string> Sets => [];

    public Task<IReadOnlyList<CheckState>?> RunAsync(string nameOrSet, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CheckState>?>(All);

    public Task<IReadOnlyList<CheckSample>> ValuesAsync(CheckKey key, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CheckSample>>([.. Values.GetValueOrDefault(key, []).Where(v => v.At >= since)]);

    public Task<IReadOnlyList<CheckSilence>> SilencesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CheckSilence>>([]);

    public Task SilenceAsync(CheckSilence silence, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<int> UnsilenceAsync(string check, string? target, CancellationToken cancellationToken) => Task.FromResult(0);
}
