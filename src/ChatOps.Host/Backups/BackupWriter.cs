using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Host.Backups;

/// <summary>Makes a backup of a data directory, also while a gateway runs there.</summary>
/// <param name="time">The clock.</param>
/// <param name="ids">Names the backup.</param>
internal sealed class BackupWriter(TimeProvider time, IIdGenerator ids)
{
    /// <summary>Writes it whole or not at all, for its owner alone.</summary>
    /// <param name="store">The data directory, and the server when that keeps the store.</param>
    /// <param name="file">The backup.</param>
    /// <param name="passphrase">Its passphrase; null for none.</param>
    /// <exception cref="BackupRefusedException">The file is there already, or it cannot be written.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be read.</exception>
    public BackupManifest Write(StorageOptions store, string file, string? passphrase)
    {
        var data = Path.GetFullPath(store.DataDirectory);
        var target = Path.GetFullPath(file);
        if (File.Exists(target) || Directory.Exists(target)) throw new BackupRefusedException($"{target} is there already; a backup never takes the place of another. Give another name.");
        if (!Directory.Exists(data)) throw new BackupRefusedException($"There is no data directory {data}: no gateway has run there. --data names another one.");
        var epoch = ids.NewId();
        var work = Path.Combine(data, $"backup-{epoch}.tmp");
        try
        {
            PrivateFolder.Create(work);
            var manifest = Gather(store, data, work, epoch);
            var tar = Path.Combine(work, "content.tar");
            Archive(work, tar, manifest);
            PrivateFile.Replace(target, stream =>
            {
                using var content = File.OpenRead(tar);
                BackupSeal.Write(content, stream, passphrase);
            });
            return manifest;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupRefusedException($"The backup {target} could not be written: {e.Message}", e);
        }
        finally
        {
            PrivateFolder.Remove(work);
        }
    }

    private BackupManifest Gather(StorageOptions store, string data, string work, string epoch)
    {
        var parts = new List<BackupPart>();
        foreach (var path in BackupFiles.In(data))
        {
            var copy = Path.Combine(work, path);
            PrivateFolder.Create(Path.GetDirectoryName(copy)!);
            Copy(Path.Combine(data, path), copy);
            parts.Add(Describe(work, path));
        }

        var schema = StorageRegistration.CopyDatabase(store, Path.Combine(work, StorageRegistration.DatabaseFile), time);
        parts.Add(Describe(work, StorageRegistration.DatabaseFile));
        return new BackupManifest(
            BackupManifest.CurrentFormat, epoch, typeof(BackupWriter).Assembly.GetName().Version!.ToString(3), BackupManifest.Sqlite, schema, time.GetUtcNow(), parts);
    }

    // Others may be writing to it: the checkpoint grows, the rest is put in place whole.
    private static void Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        source.CopyTo(copy);
    }

    private static BackupPart Describe(string work, string path)
    {
        using var stream = File.OpenRead(Path.Combine(work, path));
        return new BackupPart(path, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    private static void Archive(string work, string tar, BackupManifest manifest)
    {
        using var file = new FileStream(tar, FileMode.CreateNew, FileAccess.Write);
        using var writer = new TarWriter(file, TarEntryFormat.Pax);
        using var text = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, Json.Options));
        writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.FileName) { DataStream = text });
        foreach (var part in manifest.Parts)
        {
            using var stream = File.OpenRead(Path.Combine(work, part.Path));
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, part.Path) { DataStream = stream });
        }
    }
}
