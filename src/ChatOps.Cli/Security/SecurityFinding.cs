namespace ChatOps.Cli.Security;

/// <summary>Something that was looked at.</summary>
/// <param name="Id">Stable id, as in docs/security-audit.md.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Text">What is so; never a secret.</param>
/// <param name="Remedy">What to do; empty when nothing.</param>
internal sealed record SecurityFinding(string Id, Severity Severity, string Text, string Remedy = "");
