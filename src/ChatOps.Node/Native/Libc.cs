using System.Runtime.InteropServices;

namespace ChatOps.Node.Native;

/// <summary>The C library's calls that .NET has no equivalent for. Thin: results and <c>errno</c> are judged by the callers.</summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    public const int Ebadf = 9, Eintr = 4, Eagain = 11, Enoent = 2, Esrch = 3, Eacces = 13, Enoexec = 8, E2Big = 7, Enosys = 38, Eperm = 1,
        Eexist = 17, Enotdir = 20, Eisdir = 21, Enospc = 28, Erofs = 30, Eloop = 40, Exdev = 18, Enametoolong = 36, Enxio = 6, Einval = 22, Edquot = 122;

    public const int ReadOnly = 0, WriteOnly = 1, Create = 0x40, Exclusive = 0x80, NoTerminal = 0x100, NonBlocking = 0x800, CloseOnExec = 0x80000, PathOnly = 0x200000;
    public const int SigKill = 9, SigTerm = 15;
    public const short PollIn = 1, PollErr = 8, PollHangUp = 16;

    [LibraryImport(Library, SetLastError = true)]
    public static partial int pipe2(int* ends, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int open(byte* path, int flags, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int close(int descriptor);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint read(int descriptor, byte* buffer, nint count);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint write(int descriptor, byte* buffer, nint count);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int eventfd(uint initial, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int kill(int processId, int signal);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int waitpid(int processId, int* status, int options);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int waitid(int kind, int processId, byte* information, int options);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int prctl(int option, nuint value, nuint third, nuint fourth, nuint fifth);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint pidfd_open(nint number, int processId, uint flags);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint tgkill(nint number, int processId, int threadId, int signal);

    [LibraryImport(Library)]
    public static partial int posix_spawn(int* processId, byte* path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setsigmask(byte* attributes, byte* signals);

    [LibraryImport(Library)]
    public static partial int sigemptyset(byte* signals);

    [LibraryImport(Library)]
    public static partial int sigfillset(byte* signals);

    [LibraryImport(Library)]
    public static partial int sigdelset(byte* signals, int signal);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_adddup2(byte* actions, int from, int to);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int posix_spawn_file_actions_addopen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int posix_spawn_file_actions_addchdir_np(byte* actions, string path);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_addclosefrom_np(byte* actions, int from);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int access(string path, int mode);
}
