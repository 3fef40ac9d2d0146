using System.Security.Cryptography;

namespace ChatOps.Host;

/// <summary>Files that their owner alone can read, written whole or not at all.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Puts a file in the place of what was there, after its content is on the disk.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Replace(string path, Action<Stream> write)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        Write(temporary, write);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Makes a file unless it is there. Of two that make it at once one does, and both find the same.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void CreateOnce(string path, Action<Stream> write)
    {
        if (File.Exists(path)) return;
        var temporary = $"{path}.{RandomNumberGenerator.GetHexString(16)}";
        Write(temporary, write);
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }

    private static void Write(string path, Action<Stream> write)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var stream = new FileStream(path, options);
        write(stream);
        stream.Flush(flushToDisk: true);
    }
}
