namespace ChatOps.Checks;

/// <summary>One line of an incident's timeline.</summary>
/// <param name="At">When.</param>
/// <param name="Kind"><c>finding</c>, <c>command</c>, <c>approval</c>, <c>outcome</c>, <c>message</c>, <c>mark</c>.</param>
/// <param name="Who">The principal; <c>checks</c> for the checks themselves.</param>
/// <param name="Text">One line.</param>
/// <param name="AuditId">The record that proves it; null when it is not from the audit.</param>
public sealed record IncidentEntry(DateTimeOffset At, string Kind, string Who, string Text, string? AuditId);
