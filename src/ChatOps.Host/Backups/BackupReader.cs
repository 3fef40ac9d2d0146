using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Host.Backups;

/// <summary>Takes a backup apart into an empty folder, and proves every part.</summary>
internal static class BackupReader
{
    private const int MaxManifest = 1024 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Whether a passphrase is needed.</summary>
    /// <exception cref="BackupRefusedException">The file cannot be read, or is no backup.</exception>
    public static bool NeedsPassphrase(string file) => Reading(file, () =>
    {
        using var stream = File.OpenRead(file);
        return BackupSeal.IsEncrypted(stream);
    });

    /// <summary>Takes it apart.</summary>
    /// <exception cref="BackupRefusedException">It cannot be read, does not hold, or was made by a newer program.</exception>
    public static BackupManifest Extract(string file, string folder, string? passphrase) => Reading(file, () =>
    {
        var tar = Path.Combine(folder, "content.tar.tmp");
        using (var stream = File.OpenRead(file))
        using (var content = Create(tar))
            BackupSeal.Read(stream, content, passphrase);
        var manifest = Unpack(tar, folder);
        File.Delete(tar);
        return manifest;
    });

    private static BackupManifest Unpack(string tar, string folder)
    {
        using var stream = File.OpenRead(tar);
        using var reader = new TarReader(stream);
        var manifest = ReadManifest(reader.GetNextEntry());
        foreach (var part in manifest.Parts)
        {
            if (reader.GetNextEntry() is not { EntryType: TarEntryType.RegularFile, DataStream: { } content } entry || entry.Name != part.Path || !BackupFiles.IsPart(part.Path))
                throw Wrong($"{part.Path} is not where its list of parts says");
            var path = Path.Combine(folder, part.Path);
            PrivateFolder.Create(Path.GetDirectoryName(path)!);
            using (var copy = Create(path)) content.CopyTo(copy);
            using var written = File.OpenRead(path);
            if (written.Length != part.Bytes || Convert.ToHexStringLower(SHA256.HashData(written)) != part.Sha256) throw Wrong($"{part.Path} is not what was saved");
        }

        if (reader.GetNextEntry() is { } more) throw Wrong($"it holds {more.Name}, which its list of parts does not name");
        return manifest.Parts.Any(p => p.Path == StorageRegistration.DatabaseFile) ? manifest : throw Wrong("it holds no database");
    }

    private static BackupManifest ReadManifest(TarEntry? entry)
    {
        if (entry is not { Name: BackupManifest.FileName, EntryType: TarEntryType.RegularFile, Length: <= MaxManifest, DataStream: { } content }) throw Wrong("it does not begin with a list of its parts");
        var manifest = JsonSerializer.Deserialize<BackupManifest>(content, Json.Options) ?? throw Wrong("the list of its parts is empty");
        if (manifest.Format > BackupManifest.CurrentFormat || manifest.Provider != BackupManifest.Sqlite)
            throw new BackupRefusedException($"The backup was made by ChatOps {manifest.Version} in a form that this program does not know. Restore it with that version.");
        return manifest;
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }

    private static T Reading<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or JsonException or FormatException)
        {
            throw Wrong(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupRefusedException($"The backup {file} could not be read or unpacked: {e.Message}", e);
        }
    }

    private static BackupRefusedException Wrong(string what) => new($"The backup does not hold together: {what}. Nothing was restored.");
}
