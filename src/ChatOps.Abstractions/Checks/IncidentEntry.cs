namespace ChatOps.Checks;

/// <summary>One line of an incident's timeline.</summary>
/// <param name="At">When.</param>
/// <param name="Kind"><c>finding</c>, <c>recovery</c>, <c>command</c>, <c>approval</c>, <c>refusal</c>, <c>look</c>, <c>note</c>, <c>message</c> or <c>gateway</c>.</param>
/// <param name="Who">The principal.</param>
/// <param name="Text">One line.</param>
/// <param name="AuditId">The record that proves it; empty for what was written in the incident's thread.</param>
public sealed record IncidentEntry(DateTimeOffset At, string Kind, string Who, string Text, string AuditId);
