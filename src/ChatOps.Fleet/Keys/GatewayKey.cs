using System.Security.Cryptography;
using ChatOps.Configuration;

namespace ChatOps.Fleet.Keys;

/// <summary>The gateway's key in its data directory: made at the first start, readable by its owner alone. Nodes pin its public half when they join.</summary>
internal static class GatewayKey
{
    private const string FileName = "gateway.key";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads it, or makes it.</summary>
    /// <exception cref="ConfigurationProblemsException">It cannot be used; a new one is never made in its place, because every node would refuse it.</exception>
    public static KeyPair ReadOrCreate(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        try
        {
            if (!File.Exists(path)) Create(path);
            if ((File.GetUnixFileMode(path) & ~OwnerOnly) != 0) throw Wrong(path, $"others can read it, and whoever has it can command every node: chmod 600 {path}");
            return KeyPair.FromPem(File.ReadAllText(path));
        }
        catch (CryptographicException e)
        {
            throw Wrong(path, $"{e.Message} Restore it from a backup; with a new one every node has to join again.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, $"it cannot be used: {e.Message}");
        }
    }

    // Whole or not at all, and whoever comes second uses the first one's.
    private static void Create(string path)
    {
        using var key = KeyPair.Create();
        var temporary = $"{path}.{RandomNumberGenerator.GetHexString(16)}";
        using (var writer = new StreamWriter(new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly })))
        {
            writer.Write(key.ToPem());
            writer.Flush();
            ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
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

    private static ConfigurationProblemsException Wrong(string path, string reason) => new([new(path, 0, "", reason)]);
}
