using System.Runtime.InteropServices;

namespace ChatOps.Node.Native;

/// <summary>The C library's calls on files relative to an open directory.</summary>
internal static unsafe partial class FileCalls
{
    private const string Library = "libc";

    // These two differ between architectures.
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm or Architecture.Armv6;

    public const int NoFollowLinks = 0x100, EmptyPath = 0x1000, CurrentDirectory = -100;
    public const uint BasicStats = 0x7FF;
    public const long Openat2 = 437;

    public static int DirectoryOnly => IsArm ? 0x4000 : 0x10000;

    public static int NoFollow => IsArm ? 0x8000 : 0x20000;

    public const int Append = 0x400;

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int openat(int directory, string path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint openat2(nint number, nint directory, string path, OpenHow* how, nuint size);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int statx(int directory, string path, int flags, uint mask, byte* information);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int renameat(int fromDirectory, string from, int toDirectory, string to);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int unlinkat(int directory, string path, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fsync(int descriptor);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fchmod(int descriptor, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fchown(int descriptor, uint user, uint group);
}
