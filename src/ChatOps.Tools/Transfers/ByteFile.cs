using System.Security.Cryptography;
using ChatOps.Fleet;

namespace ChatOps.Tools.Transfers;

/// <summary>Writes what a node sends to a file as it is, and hashes it. What is beyond the limit is counted and not kept.</summary>
internal sealed class ByteFile(string path, long limit) : IByteOutput, IDisposable
{
    private readonly FileStream file = new(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Bytes that came.</summary>
    public long Bytes { get; private set; }

    /// <summary>Why it could not be written, for people.</summary>
    public string? Problem { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        if (Bytes > limit || Problem is not null) return;
        hash.AppendData(bytes);
        try
        {
            file.Write(bytes);
        }
        catch (IOException e)
        {
            Problem = $"The file could not be kept on the gateway: {e.Message}";
        }
    }

    public void Append(string text)
    {
        // The bytes come by the other way.
    }

    /// <summary>Closes it.</summary>
    /// <returns>The hash of what was kept.</returns>
    public string End()
    {
        try
        {
            file.Flush();
        }
        catch (IOException e)
        {
            Problem ??= $"The file could not be kept on the gateway: {e.Message}";
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose()
    {
        file.Dispose();
        hash.Dispose();
    }
}
