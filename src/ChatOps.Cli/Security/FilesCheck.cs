using System.Runtime.CompilerServices;
using ChatOps.Cli.Doctor;
using ChatOps.Diagnostics;

namespace ChatOps.Cli.Security;

/// <summary>Whose the files are: keys and the record are the gateway's user's alone, and nobody else writes what decides who may do what.</summary>
internal sealed class FilesCheck : ISecurityCheck
{
    private const int MaxNamed = 5;
    private const int MaxLookedAt = 10_000;

    public IReadOnlyList<string> Ids { get; } = ["files.data", "files.data-directory", "files.data-file", "files.workspace", "files.workspace-writable"];

    public async IAsyncEnumerable<SecurityFinding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Doctor looks at the same files for another reason, and can mend them.
        await foreach (var finding in new DataDirectoryExamination().LookAsync(patient, cancellationToken))
        {
            if (finding.Id == "data.open-directory") yield return new("files.data-directory", Severity.Critical, finding.Text, finding.Remedy);
            else if (finding.Id == "data.open-file") yield return new("files.data-file", Severity.Critical, finding.Text, finding.Remedy + " (or chatops doctor --fix)");
            else if (finding is { Id: "data.private" or "data.none", State: PartState.Ok }) yield return new("files.data", Severity.Ok, finding.Text);
        }

        if (!Directory.Exists(patient.Places.Workspace)) yield break;
        var open = Writable(patient.Places.Workspace);
        yield return open.Count == 0
            ? new("files.workspace", Severity.Ok, $"Nobody but its owner writes to {patient.Places.Workspace}.")
            : new("files.workspace-writable", Severity.Critical,
                $"Other users of this machine can write to {patient.Places.Workspace}, which says who may do what: {string.Join(", ", open.Take(MaxNamed))}{(open.Count > MaxNamed ? $" and {open.Count - MaxNamed} more" : "")}.",
                $"chmod -R go-w {patient.Places.Workspace}");
    }

    private static List<string> Writable(string workspace) =>
        [.. Directory.EnumerateFileSystemEntries(workspace, "*", OwnerModes.Everything(deep: true)).Take(MaxLookedAt).Prepend(workspace).Where(OwnerModes.OthersWrite).Select(f => Path.GetRelativePath(workspace, f))];
}
