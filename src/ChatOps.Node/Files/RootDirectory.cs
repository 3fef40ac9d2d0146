using System.Runtime.InteropServices;
using ChatOps.Node.Native;
using Microsoft.Win32.SafeHandles;

namespace ChatOps.Node.Files;

/// <summary>
/// Opens files below an open directory. The kernel resolves the path and refuses every step that would leave (openat2, Linux 5.6); where it cannot,
/// the path is walked part by part and no link is followed at all.
/// </summary>
internal sealed class RootDirectory : IDisposable
{
    private const int Attempts = 32; // the kernel asks to try again when something is renamed meanwhile
    private readonly SafeFileHandle _root;
    private readonly bool _walk;

    private RootDirectory(SafeFileHandle root, bool walk) => (_root, _walk) = (root, walk);

    private int Root => (int)_root.DangerousGetHandle();

    /// <summary>Opens the root.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="walk">Do without the kernel's help.</param>
    /// <param name="problem">Why it cannot be opened.</param>
    public static RootDirectory? Open(string path, bool walk, out FileProblem? problem)
    {
        var descriptor = FileCalls.openat(FileCalls.CurrentDirectory, path, Libc.PathOnly | FileCalls.DirectoryOnly | Libc.CloseOnExec, 0);
        problem = descriptor < 0 ? FileProblem.From(Marshal.GetLastPInvokeError(), "The files root") : null;
        return descriptor < 0 ? null : new RootDirectory(new SafeFileHandle(descriptor, ownsHandle: true), walk);
    }

    /// <summary>Opens what a path leads to.</summary>
    /// <param name="path">Below the root.</param>
    /// <param name="flags">Of open(2).</param>
    /// <param name="problem">Why it cannot be opened.</param>
    public SafeFileHandle? Open(FilePath path, int flags, out FileProblem? problem)
    {
        flags |= Libc.CloseOnExec | Libc.NoTerminal;
        var descriptor = _walk ? -1 : Resolve(path.Text, flags, out _);
        var error = _walk ? Libc.Enosys : Marshal.GetLastPInvokeError();
        if (descriptor < 0 && error == Libc.Enosys)
        {
            descriptor = Walk(path.Text, flags);
            error = Marshal.GetLastPInvokeError();
        }

        problem = descriptor < 0 ? FileProblem.From(error, path.Text) : null;
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <inheritdoc />
    public void Dispose() => _root.Dispose();

    private unsafe int Resolve(string path, int flags, out int error)
    {
        var how = new OpenHow { Flags = (ulong)flags, Resolve = OpenHow.Beneath | OpenHow.NoMagicLinks };
        for (var attempt = 0; ; attempt++)
        {
            var descriptor = (int)FileCalls.openat2((nint)FileCalls.Openat2, Root, path, &how, (nuint)sizeof(OpenHow));
            error = Marshal.GetLastPInvokeError();
            if (descriptor >= 0 || error != Libc.Eagain || attempt == Attempts)
                return descriptor;
        }
    }

    private int Walk(string path, int flags)
    {
        var parts = path.Split('/');
        var current = Root;
        for (var index = 0; index < parts.Length; index++)
        {
            var last = index == parts.Length - 1;
            if (parts[index] == "..")
            {
                Close(current);
                Marshal.SetLastPInvokeError(Libc.Exdev);
                return -1;
            }

            var next = FileCalls.openat(current, parts[index], FileCalls.NoFollow | Libc.CloseOnExec | (last ? flags : Libc.PathOnly | FileCalls.DirectoryOnly), 0);
            var error = Marshal.GetLastPInvokeError();
            Close(current);
            if (next < 0)
            {
                Marshal.SetLastPInvokeError(error);
                return -1;
            }

            current = next;
        }

        return current;
    }

    private void Close(int descriptor)
    {
        if (descriptor != Root)
            _ = Libc.close(descriptor);
    }
}
