using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ChatOps.Node.Native;

/// <summary>Makes kernel pipes and other descriptors that no child inherits by accident.</summary>
internal static unsafe class Pipe
{
    private const int DuplicateAboveStandard = 1030; // F_DUPFD_CLOEXEC

    /// <summary>A pipe whose ends are closed on exec and lie above the standard handles, so that child set-up never overwrites one.</summary>
    public static (int Read, int Write) Open()
    {
        var ends = stackalloc int[2];
        if (Libc.pipe2(ends, Libc.CloseOnExec) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "The system could not make a pipe.");

        return (AboveStandard(ends[0]), AboveStandard(ends[1]));
    }

    /// <summary>An event counter used to wake a poll.</summary>
    public static int OpenEvent()
    {
        var descriptor = Libc.eventfd(0, Libc.CloseOnExec | Libc.NonBlocking);
        return descriptor < 0
            ? throw new Win32Exception(Marshal.GetLastPInvokeError(), "The system could not make an event handle.")
            : AboveStandard(descriptor);
    }

    /// <summary>A descriptor of our own for an open file.</summary>
    public static int Duplicate(System.Runtime.InteropServices.SafeHandle file)
    {
        var descriptor = Libc.fcntl((int)file.DangerousGetHandle(), DuplicateAboveStandard, 3);
        return descriptor < 0 ? throw new Win32Exception(Marshal.GetLastPInvokeError(), "The system could not duplicate a file's handle.") : descriptor;
    }

    private static int AboveStandard(int descriptor)
    {
        if (descriptor > 2)
            return descriptor;

        var moved = Libc.fcntl(descriptor, DuplicateAboveStandard, 3);
        _ = Libc.close(descriptor);
        return moved;
    }
}
