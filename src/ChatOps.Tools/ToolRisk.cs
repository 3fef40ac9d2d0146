using ChatOps.Policy;

namespace ChatOps.Tools;

/// <summary>Assessments that do not depend on a command line.</summary>
internal static class ToolRisk
{
    private static readonly IReadOnlyDictionary<string, string> AsGateway = new Dictionary<string, string>();

    /// <summary>A view: it only reads what its permission shows.</summary>
    public static ValueTask<ToolAssessment> Read(string title) =>
        ValueTask.FromResult(new ToolAssessment(Risk.Read, "read.view", "It only reads.", title, title, AsGateway));

    /// <summary>Something changes.</summary>
    public static ValueTask<ToolAssessment> Change(string rule, string reason, string title, string preview, Risk risk = Risk.Change) =>
        ValueTask.FromResult(new ToolAssessment(risk, rule, reason, title, preview, AsGateway));
}
