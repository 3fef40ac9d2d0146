using System.Runtime.CompilerServices;
using ChatOps.Diagnostics;
using ChatOps.Tools;

namespace ChatOps.Cli.Doctor;

/// <summary>Whether charts can be sent as pictures.</summary>
internal sealed class PicturesExamination : IExamination
{
    public async IAsyncEnumerable<Finding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return ToolsOptions.InstalledBrowser() is { } browser
            ? new("pictures.ok", PartState.Ok, $"Charts are sent as pictures, drawn by {browser}.")
            : new("pictures.none", PartState.Ok, "No Chromium is installed, so reports come as text alone; the console draws its charts without one.");
    }
}
