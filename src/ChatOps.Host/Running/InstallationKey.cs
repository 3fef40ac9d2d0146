using System.Security.Cryptography;
using ChatOps.Secrets;

namespace ChatOps.Host;

/// <summary>The installation's own random key, kept in the data directory: equal secrets get equal markers here, and nobody elsewhere can try values against them.</summary>
internal static class InstallationKey
{
    private const string FileName = "redaction.key";
    private const int Bytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads it, or makes it at the first start.</summary>
    /// <exception cref="StartRefusedException">It cannot be read, or is not one.</exception>
    public static byte[] ReadOrCreate(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        try
        {
            if (!File.Exists(path)) Create(path);
            var key = File.ReadAllBytes(path);
            return key.Length >= SecretsOptions.MinKeyLength
                ? key
                : throw new StartRefusedException($"{path} is damaged: it has {key.Length} bytes. Remove it; a new one is made, and markers of secrets in older records will not compare with new ones.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{path} cannot be used: {e.Message}", e);
        }
    }

    // Whole or not at all, and whoever comes second uses the first one's.
    private static void Create(string path)
    {
        var temporary = $"{path}.{RandomNumberGenerator.GetHexString(16)}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(RandomNumberGenerator.GetBytes(Bytes));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }
}
