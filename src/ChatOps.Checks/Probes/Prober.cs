using ChatOps.Checks.Files;
using ChatOps.Checks.States;

namespace ChatOps.Checks.Probes;

/// <summary>Looks at a check with the probe of its kind.</summary>
internal sealed class Prober(IEnumerable<IProbe> probes) : IProber
{
    private readonly IReadOnlyList<IProbe> all = [.. probes];

    public Task<IReadOnlyList<Observation>> LookAsync(CheckDefinition check, CancellationToken cancellationToken) => all.First(p => p.Takes(check)).LookAsync(check, cancellationToken);
}
