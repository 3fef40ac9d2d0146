using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Host;

/// <summary>
/// Tells a data directory from all others that share a store, also from one of the same path on a machine of the same name: by a random id, made at the first start. Machine and path count too, so that a
/// copy of the directory is another one.
/// </summary>
internal static class FolderId
{
    private const string FileName = "folder.id";
    private const int Bytes = 16;
    private const int MarkBytes = 6;

    /// <summary>The directory's mark.</summary>
    /// <exception cref="StartRefusedException">The id cannot be read or written.</exception>
    public static string MarkOf(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        try
        {
            PrivateFile.CreateOnce(path, stream => stream.Write(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true))));
            var whole = $"{File.ReadAllText(path)}\n{Environment.MachineName}\n{Path.GetFullPath(dataDirectory)}";
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)).AsSpan(0, MarkBytes)) + "-";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{path} cannot be used: {e.Message}", e);
        }
    }
}
