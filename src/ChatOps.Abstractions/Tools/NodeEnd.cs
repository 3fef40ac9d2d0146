namespace ChatOps.Tools;

/// <summary>How something ended on one node; the same words as in the result.</summary>
/// <param name="Node">The node.</param>
/// <param name="Outcome"><c>ok</c>, <c>failed</c>, <c>timed-out</c>, <c>unreachable</c>, <c>refused</c>, <c>not-started</c> or <c>unknown</c>.</param>
/// <param name="ExitCode">The exit status, where there was one.</param>
/// <param name="Output">Head and tail of what it said.</param>
/// <param name="Duration">How long it ran.</param>
/// <param name="Message">More for people; null for nothing.</param>
public sealed record NodeEnd(string Node, string Outcome, int? ExitCode, string Output, TimeSpan Duration, string? Message);
