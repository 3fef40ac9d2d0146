using ChatOps.Checks.Files;
using ChatOps.Checks.States;

namespace ChatOps.Checks.Probes;

/// <summary>What is judged: a check, and what a node answered.</summary>
/// <param name="Check">The check.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Now">When.</param>
internal sealed record NodeLook(CheckDefinition Check, NodeAnswer Answer, DateTimeOffset Now)
{
    /// <summary>A value that the thresholds judge.</summary>
    public Observation Value(double value, string text, string evidence = "") => new(Answer.Node, null, Math.Round(value, 2), text) { Evidence = evidence };

    /// <summary>As it should be, with a value that nothing is judged by.</summary>
    public Observation Well(string text, double? value = null) => new(Answer.Node, CheckLevel.Ok, value, text);

    /// <summary>Not as it should be.</summary>
    public Observation Bad(string text, double? value = null, bool transient = true) =>
        new(Answer.Node, Check.Severity, value, text) { Evidence = Answer.Output.TrimEnd(), Transient = transient };

    /// <summary>It could not be found out.</summary>
    public Observation Unclear(string text) => Observation.Unknown(Answer.Node, text) with { Evidence = Answer.Output.TrimEnd() };
}
