using System.Globalization;
using ChatOps.Diagnostics;

namespace ChatOps.Agent.Context;

/// <summary>Whether the workspace's files fit their budgets, with how much of each is used.</summary>
internal sealed class WorkspaceHealth(ContextOptions options) : IHealthPart
{
    /// <inheritdoc/>
    public string Name => "workspace";

    /// <inheritdoc/>
    public Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var facts = new Dictionary<string, string>();
        var problems = new List<string>();
        foreach (var file in WorkspaceFile.All)
        {
            var (text, problem) = options.Read(file);
            facts[file.Name] = problem is not null ? "not used" : text is null ? "none" : string.Create(CultureInfo.InvariantCulture, $"{text.Length} of {file.MaxCharacters} characters");
            if (problem is not null) problems.Add($"{problem.File}: {problem.Reason}");
        }

        return Task.FromResult(problems.Count == 0
            ? new PartHealth(PartState.Ok, "Its files fit.", facts)
            : new PartHealth(PartState.Degraded, string.Join(" ", problems), facts));
    }
}
