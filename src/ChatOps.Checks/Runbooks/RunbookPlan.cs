using ChatOps.Tools;

namespace ChatOps.Checks.Runbooks;

/// <summary>The steps of a note as one plan for the nodes of a finding.</summary>
internal static class RunbookPlan
{
    /// <summary>The tool that takes plans.</summary>
    public const string Tool = "propose_plan";

    /// <summary>The arguments of the plan, or why there is none.</summary>
    public static (IReadOnlyDictionary<string, string>? Arguments, string? Problem) Of(RunbookNote note, Finding finding, RunbookCommands commands)
    {
        var nodes = finding.Targets.Where(t => t != CheckKey.Gateway).ToList();
        var lines = note.Steps.Select(s => s.Command).Concat(note.Check is { } looked ? [looked] : []);
        if (nodes.Count == 0 && lines.Any(RunbookCommands.NeedsNodes)) return (null, $"its steps are for nodes ({RunbookCommands.Node}), and this was found from the gateway");
        var steps = new List<object>();
        foreach (var step in note.Steps)
        {
            if (commands.Of(step.Command, nodes) is not var (tool, arguments)) return (null, $"'{step.Command}' cannot be read any more");
            steps.Add(new { tool, arguments, undo = step.Undo });
        }

        var plan = new Dictionary<string, string>(StringComparer.Ordinal) { ["goal"] = $"{note.Title} ({note.Name})", ["steps"] = Json.Write(steps) };
        if (note.Check is not { } check) return (plan, null);
        if (commands.Of(check, nodes) is not var (checkTool, checkArguments)) return (null, $"'{check}' cannot be read any more");
        plan["check"] = Json.Write(new { tool = checkTool, arguments = checkArguments, expect = note.Expect });
        return (plan, null);
    }
}
