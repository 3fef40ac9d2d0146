using System.Globalization;
using System.Runtime.CompilerServices;
using ChatOps.Cli.Security;
using ChatOps.Diagnostics;

namespace ChatOps.Cli.Doctor;

/// <summary>The data directory holds keys, tokens' hashes and the record: it is the gateway's user's alone, and has room.</summary>
internal sealed class DataDirectoryExamination : IExamination
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const int MaxNamed = 5;
    private const int MaxLookedAt = 100_000;
    private const long LittleRoom = 1L << 30;
    private const long NoRoom = 100L << 20;

    public async IAsyncEnumerable<Finding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (!Directory.Exists(patient.Data))
        {
            yield return new("data.none", PartState.Ok, $"There is no data directory yet; the first start makes {patient.Data}.");
            yield break;
        }

        if (!OperatingSystem.IsWindows())
        {
            yield return OpenDirectory(patient.Data) ?? new("data.private", PartState.Ok, $"{patient.Data} can be used by its owner alone.");
            if (OpenFiles(patient.Data, cancellationToken) is { } open) yield return open;
        }

        yield return Room(patient.Data);
    }

    private static Finding? OpenDirectory(string directory)
    {
        if (OperatingSystem.IsWindows()) return null;
        var mode = File.GetUnixFileMode(directory);
        return (mode & Others) == 0 ? null : new(
            "data.open-directory", PartState.Failed, $"Other users of this machine can look into {directory} (mode {Convert.ToString((int)mode, 8)}).", $"chmod 700 {directory}")
        {
            Fix = () => Narrow(directory),
        };
    }

    private static Finding? OpenFiles(string directory, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows()) return null;
        var open = new List<string>();
        foreach (var file in Directory.EnumerateFiles(directory, "*", OwnerModes.Everything(deep: true)).Where(f => !IsForPeople(directory, f)).Take(MaxLookedAt))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((File.GetUnixFileMode(file) & Others) != 0) open.Add(file);
        }

        if (open.Count == 0) return null;
        var names = string.Join(", ", open.Take(MaxNamed).Select(f => Path.GetRelativePath(directory, f))) + (open.Count > MaxNamed ? $" and {open.Count - MaxNamed} more" : "");
        return new("data.open-file", PartState.Failed, $"Other users of this machine could read files in {directory}: {names}.", $"chmod -R go= {directory}")
        {
            Fix = () => open.ForEach(Narrow),
        };
    }

    // What the file tools keep there belongs to people, with the permissions that they gave it.
    private static bool IsForPeople(string directory, string file) => file.StartsWith(Path.Combine(directory, "files") + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Narrow(string path)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(path) & ~Others);
    }

    private static Finding Room(string directory)
    {
        var drive = new DriveInfo(directory);
        var free = string.Create(CultureInfo.InvariantCulture, $"{drive.AvailableFreeSpace / (double)(1 << 30):0.0} GiB are free on the disk of {directory}.");
        return drive.AvailableFreeSpace switch
        {
            < NoRoom => new("data.disk-full", PartState.Failed, free, "Make room: without it nothing is accepted, and no change runs."),
            < LittleRoom => new("data.disk-low", PartState.Degraded, free, "Make room soon: without it nothing is accepted, and no change runs."),
            _ => new("data.disk", PartState.Ok, free),
        };
    }
}
