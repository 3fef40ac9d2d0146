using ChatOps.Policy;

namespace ChatOps.Tools.Machines;

/// <summary>Judges what a tool made of typed arguments by the same policy as a line that somebody typed, so that no tool is a way around it.</summary>
internal static class TypedRisk
{
    /// <summary>The riskiest of several commands.</summary>
    public static CommandAssessment Of(ICommandRisk risk, IEnumerable<NodeCommand> commands) => commands.Select(c => risk.Assess(c.Line)).MaxBy(a => a.Risk)!;

    /// <summary>As whom it runs: a node's daemon says that itself.</summary>
    public static string Users(ToolCall call) => string.Join(", ", call.Targets
        .Select(n => n.Kind == Fleet.NodeKind.Local ? Environment.UserName : n.Facts.GetValueOrDefault("user") ?? "the daemon's user")
        .Distinct().Order(StringComparer.Ordinal));

    /// <summary>The node, or how many.</summary>
    public static string Scope(ToolCall call) => call.Targets is [var only] ? only.Name : $"{call.Targets.Count} nodes";
}
