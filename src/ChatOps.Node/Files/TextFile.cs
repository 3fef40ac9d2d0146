using ChatOps.Fleet;
using ChatOps.Node.Native;
using Microsoft.Win32.SafeHandles;

namespace ChatOps.Node.Files;

/// <summary>Opens regular files for reading, and tells text from binary content.</summary>
internal static class TextFile
{
    /// <summary>Opens a file; anything but a regular one is refused without waiting for it.</summary>
    /// <param name="root">The root.</param>
    /// <param name="path">Below it.</param>
    /// <param name="stat">What the file is.</param>
    /// <param name="problem">Why it cannot be read.</param>
    public static SafeFileHandle? Open(RootDirectory root, FilePath path, out FileStat? stat, out FileProblem? problem)
    {
        stat = null;
        var handle = root.Open(path, Libc.ReadOnly | Libc.NonBlocking, out problem);
        if (handle is null)
            return null;

        stat = FileStat.Of((int)handle.DangerousGetHandle());
        problem = stat?.Kind switch
        {
            FileKind.File => null,
            FileKind.Directory => new FileProblem(FileStatus.Unsuitable, $"{path.Text} is a directory."),
            _ => new FileProblem(FileStatus.Unsuitable, $"{path.Text} is not a regular file."),
        };
        if (problem is null)
            return handle;

        handle.Dispose();
        return null;
    }

    /// <summary>Whether the first bytes of a file look like something other than text.</summary>
    /// <param name="handle">The file.</param>
    public static bool IsBinary(SafeFileHandle handle)
    {
        Span<byte> probe = stackalloc byte[FileBounds.ProbeBytes];
        return probe[..RandomAccess.Read(handle, probe, 0)].Contains((byte)0);
    }
}
