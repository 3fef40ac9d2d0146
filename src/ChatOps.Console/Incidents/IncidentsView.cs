using ChatOps.Checks;

namespace ChatOps.Console.Incidents;

/// <summary>What the page of incidents shows.</summary>
/// <param name="Incidents">The newest first.</param>
/// <param name="OpenOnly">Whether only those are shown that are not resolved.</param>
public sealed record IncidentsView(IReadOnlyList<Incident> Incidents, bool OpenOnly);
