using System.Runtime.CompilerServices;
using ChatOps.Agent.Context;
using ChatOps.Diagnostics;

namespace ChatOps.Cli.Doctor;

/// <summary>The workspace's files for the model: each fits its budget, or the model answers nothing.</summary>
internal sealed class WorkspaceExamination : IExamination
{
    public async IAsyncEnumerable<Finding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var problems = new ContextOptions { WorkspaceDirectory = patient.Places.Workspace }.Problems();
        foreach (var problem in problems) yield return new("workspace.file", PartState.Failed, $"{problem.File}: {problem.Reason}", "Shorten it, or mend it; the next step of the model sees the edit.");
        if (problems.Count == 0) yield return new("workspace.files", PartState.Ok, "What the model is told of the workspace fits its budgets.");
    }
}
