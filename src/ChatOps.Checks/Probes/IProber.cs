using ChatOps.Checks.Files;
using ChatOps.Checks.States;

namespace ChatOps.Checks.Probes;

/// <summary>Looks at checks of every kind.</summary>
internal interface IProber
{
    /// <summary>Looks once at every target.</summary>
    Task<IReadOnlyList<Observation>> LookAsync(CheckDefinition check, CancellationToken cancellationToken);
}
