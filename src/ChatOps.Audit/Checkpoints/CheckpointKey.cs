using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Audit.Checkpoints;

/// <summary>The key that signs checkpoints: <c>keys/audit.key</c>, made at the first start, readable by its owner alone.</summary>
/// <param name="options">The data directory.</param>
internal sealed class CheckpointKey(AuditOptions options)
{
    private const int KeyBytes = 32;

    private byte[]? key;

    /// <summary>The file.</summary>
    public string FilePath { get; } = Path.Combine(Path.GetFullPath(options.DataDirectory), "keys", "audit.key");

    /// <summary>Whether there is one.</summary>
    public bool Exists => File.Exists(FilePath);

    /// <summary>Makes one, never over another.</summary>
    public void Create()
    {
        var directory = Path.GetDirectoryName(FilePath)!;
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(FilePath, creation);
        file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Signs a checkpoint's facts.</summary>
    /// <exception cref="InvalidDataException">The key file is damaged.</exception>
    public string Sign(long sequence, string hash, string time) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Read(), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"chatops-audit-checkpoint\n{sequence}\n{hash}\n{time}"))));

    /// <summary>Whether a checkpoint is ours.</summary>
    public bool Signed(Checkpoint checkpoint) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Sign(checkpoint.Sequence, checkpoint.Hash, checkpoint.Time)), Encoding.UTF8.GetBytes(checkpoint.Mac));

    private byte[] Read()
    {
        if (key is not null) return key;
        try
        {
            var bytes = Convert.FromHexString(File.ReadAllText(FilePath).Trim());
            return bytes.Length == KeyBytes ? key = bytes : throw new InvalidDataException($"The key {FilePath} is damaged.");
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"The key {FilePath} is damaged.", e);
        }
    }
}
