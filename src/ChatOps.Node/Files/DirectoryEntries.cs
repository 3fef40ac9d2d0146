using System.IO.Enumeration;
using ChatOps.Node.Native;
using Microsoft.Win32.SafeHandles;

namespace ChatOps.Node.Files;

/// <summary>Reads the names in an open directory.</summary>
internal static class DirectoryEntries
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false, ReturnSpecialDirectories = false };

    /// <summary>The names, in the order of the directory.</summary>
    /// <param name="directory">An open directory; its own entry under /proc leads to it whatever happens to its path.</param>
    public static IEnumerable<string> Of(SafeFileHandle directory) =>
        new FileSystemEnumerable<string>($"/proc/self/fd/{directory.DangerousGetHandle()}", (ref FileSystemEntry entry) => entry.FileName.ToString(), Everything);

    /// <summary>Opens a directory below the root.</summary>
    /// <param name="root">The root.</param>
    /// <param name="path">Below it.</param>
    /// <param name="problem">Why it cannot be opened.</param>
    public static SafeFileHandle? Open(RootDirectory root, FilePath path, out FileProblem? problem) =>
        root.Open(path, Libc.ReadOnly | FileCalls.DirectoryOnly, out problem);
}
