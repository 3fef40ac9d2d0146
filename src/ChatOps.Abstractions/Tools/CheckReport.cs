namespace ChatOps.Tools;

/// <summary>How the check of a change, or of a plan, ended.</summary>
/// <param name="Verdict">The word for it.</param>
/// <param name="Text">One or two sentences for people and for a model.</param>
public sealed record CheckReport(CheckVerdict Verdict, string Text);
