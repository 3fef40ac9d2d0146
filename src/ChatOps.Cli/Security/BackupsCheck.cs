using System.Runtime.CompilerServices;
using ChatOps.Cli.Doctor;
using ChatOps.Host.Backups;

namespace ChatOps.Cli.Security;

/// <summary>Backups in and beside the data directory: without a passphrase they hold the gateway's keys in the open.</summary>
internal sealed class BackupsCheck : ISecurityCheck
{
    private const int MaxLookedAt = 1000;

    public IReadOnlyList<string> Ids { get; } = ["backups.sealed", "backups.plain"];

    public async IAsyncEnumerable<SecurityFinding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        string?[] places = [patient.Data, Path.GetDirectoryName(Path.GetFullPath(patient.Data))];
        var plain = places.OfType<string>().Where(Directory.Exists)
            .SelectMany(d => Directory.EnumerateFiles(d, "*", OwnerModes.Everything(deep: false)).Take(MaxLookedAt))
            .Where(IsPlainBackup).ToList();
        foreach (var file in plain)
            yield return new("backups.plain", Severity.Warning, $"{file} is a backup without a passphrase: whoever reads it has the gateway's keys and everything that was said.", "Make another one with --passphrase-file, and remove this one.");
        if (plain.Count == 0) yield return new("backups.sealed", Severity.Ok, "No backup without a passphrase lies in or beside the data directory.");
    }

    private static bool IsPlainBackup(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return !BackupSeal.IsEncrypted(stream);
        }
        catch (Exception e) when (e is BackupRefusedException or IOException or UnauthorizedAccessException)
        {
            // Another kind of file, or one that this user cannot read.
            return false;
        }
    }
}
