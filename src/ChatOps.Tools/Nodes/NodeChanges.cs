using ChatOps.Fleet;

namespace ChatOps.Tools.Nodes;

/// <summary>Does one thing to every node that is meant, and accounts for each.</summary>
internal static class NodeChanges
{
    /// <summary>Does it.</summary>
    /// <param name="targets">The nodes.</param>
    /// <param name="done">What is then true of them: <c>drained</c>, <c>removed</c>.</param>
    /// <param name="change">Does it to one; answers why not.</param>
    public static async Task<ToolResult> ApplyAsync(IReadOnlyList<NodeInfo> targets, string done, Func<string, Task<string?>> change)
    {
        var changed = new List<string>();
        var problems = new List<string>();
        foreach (var target in targets)
        {
            if (await change(target.Name) is { } problem) problems.Add(problem);
            else changed.Add(target.Name);
        }

        var text = string.Join(' ', new[] { changed.Count == 0 ? "" : $"{string.Join(", ", changed)}: {done}." }.Concat(problems.Distinct()).Where(t => t.Length > 0));
        if (changed.Count == 0) return ToolAnswer.Failed(FailureCode.BadArguments, text);
        var answer = ToolAnswer.Done(text, new { changed, problems });
        return problems.Count == 0 ? answer : answer with { Status = InvocationStatus.Partial, Failure = FailureCode.BadArguments };
    }

    /// <summary>The nodes in a title.</summary>
    public static string Named(ToolCall call) => call.Targets is [var only] ? only.Name : $"{call.Targets.Count} nodes ({string.Join(", ", call.Targets.Select(t => t.Name))})";
}
