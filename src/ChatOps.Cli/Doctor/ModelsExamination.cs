using System.Runtime.CompilerServices;
using ChatOps.Diagnostics;
using ChatOps.Host;

namespace ChatOps.Cli.Doctor;

/// <summary>Every configured model, tried against its service with the configured key.</summary>
internal sealed class ModelsExamination : IExamination
{
    public async IAsyncEnumerable<Finding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var models = patient.Settings.Options.Models;
        if (models.Endpoints.Count == 0) yield return new("model.off", PartState.Ok, "No model is set up; free text is answered with a hint, and commands work (docs/models.md).");
        foreach (var finding in await ModelSetup.CheckAsync(models, cancellationToken)) yield return new(finding.Id, finding.State, finding.Text, finding.Remedy);
    }
}
