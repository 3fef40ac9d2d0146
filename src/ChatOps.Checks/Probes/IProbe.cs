using ChatOps.Checks.Files;
using ChatOps.Checks.States;

namespace ChatOps.Checks.Probes;

/// <summary>Looks at what checks of some kinds are about. Expected failures are observations.</summary>
internal interface IProbe
{
    /// <summary>Whether it looks at this check.</summary>
    bool Takes(CheckDefinition check);

    /// <summary>Looks once at every target.</summary>
    Task<IReadOnlyList<Observation>> LookAsync(CheckDefinition check, CancellationToken cancellationToken);
}
