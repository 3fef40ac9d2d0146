using System.Security.Cryptography;
using ChatOps.Secrets;

namespace ChatOps.Host;

/// <summary>The installation's own random key, kept in the data directory: equal secrets get equal markers here, and nobody elsewhere can try values against them.</summary>
internal static class InstallationKey
{
    private const string FileName = "redaction.key";
    private const int Bytes = 32;

    /// <summary>Reads it, or makes it at the first start.</summary>
    /// <exception cref="StartRefusedException">It cannot be read, or is not one.</exception>
    public static byte[] ReadOrCreate(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        try
        {
            PrivateFile.CreateOnce(path, stream => stream.Write(RandomNumberGenerator.GetBytes(Bytes)));
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
}
