namespace ChatOps.Checks;

/// <summary>Event: a finding was told, and what is to be done about it waits in the store.</summary>
/// <param name="FindingId">The finding.</param>
public sealed record FindingTold(string FindingId);
