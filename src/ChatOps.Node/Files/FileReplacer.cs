using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ChatOps.Fleet;
using ChatOps.Node.Native;
using Microsoft.Win32.SafeHandles;

namespace ChatOps.Node.Files;

/// <summary>Puts a new content in a file's place in one step: a new file beside it, flushed, then renamed over it. Permissions and owner stay; set-user-id bits do not.</summary>
internal static class FileReplacer
{
    private const uint NewFileMode = 0x1A4; // rw-r--r--
    private const uint PermissionBits = 0x1FF;
    private const uint PrivateMode = 0x180; // rw-------
    private const int RandomBytes = 8;

    /// <summary>Replaces a file.</summary>
    /// <param name="change">What was worked out.</param>
    /// <param name="directory">The directory that holds the file, open.</param>
    /// <returns>Why it was not done, or <see langword="null"/>.</returns>
    public static FileProblem? Replace(PlannedChange change, SafeFileHandle directory)
    {
        var parent = (int)directory.DangerousGetHandle();
        var temporary = $".chatops-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes))}";
        var descriptor = FileCalls.openat(parent, temporary, Libc.WriteOnly | Libc.Create | Libc.Exclusive | Libc.CloseOnExec | FileCalls.NoFollow, PrivateMode);
        if (descriptor < 0)
            return FileProblem.From(Marshal.GetLastPInvokeError(), change.Path.Directory);

        var problem = Write(change, descriptor) ?? Exchange(change, parent, temporary);
        if (problem is not null)
            _ = FileCalls.unlinkat(parent, temporary, 0);
        return problem;
    }

    private static FileProblem? Write(PlannedChange change, int descriptor)
    {
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            RandomAccess.Write(handle, change.After, 0);
        }
        catch (IOException failure)
        {
            return FileProblem.From(failure, change.Path.Text);
        }

        var old = change.Before.Stat;
        if (old is not null && FileStat.Of(descriptor) is { } mine && (mine.User, mine.Group) != (old.User, old.Group) && FileCalls.fchown(descriptor, old.User, old.Group) != 0)
            return new FileProblem(FileStatus.NotAllowed, $"{change.Path.Text} belongs to another user or group, which the gateway's user cannot keep; it was not changed.");
        return FileCalls.fchmod(descriptor, old is null ? NewFileMode : old.Mode & PermissionBits) != 0 || FileCalls.fsync(descriptor) != 0
            ? FileProblem.From(Marshal.GetLastPInvokeError(), change.Path.Text)
            : null;
    }

    private static FileProblem? Exchange(PlannedChange change, int parent, string temporary)
    {
        // Somebody else may have changed the file since it was read; what remains is the moment between this look and the rename.
        var now = FileStat.Of(parent, change.Path.Name);
        var then = change.Before.Stat;
        if (now?.Inode != then?.Inode || now?.ModifiedNanoseconds != then?.ModifiedNanoseconds || now?.Size != then?.Size || now?.Links > 1)
            return new FileProblem(FileStatus.Changed, $"{change.Path.Text} was changed by somebody else at this moment; nothing was written. Try again.");

        return FileCalls.renameat(parent, temporary, parent, change.Path.Name) != 0 || FileCalls.fsync(parent) != 0
            ? FileProblem.From(Marshal.GetLastPInvokeError(), change.Path.Text)
            : null;
    }
}
