using System.Runtime.InteropServices;

namespace ChatOps.Secrets.References;

/// <summary>Tells ordinary files from pipes and devices, which would block or never end when they are read.</summary>
internal static unsafe partial class RegularFile
{
    private const int CurrentDirectory = -100, Size = 256, ModeOffset = 28, TypeMask = 0xF000, Regular = 0x8000;
    private const uint TypeWanted = 1;

    /// <summary>Whether a path leads to a regular file.</summary>
    /// <param name="path">Absolute path.</param>
    public static bool Is(string path)
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
            return File.Exists(path);

        var information = stackalloc byte[Size];
        return statx(CurrentDirectory, path, 0, TypeWanted, information) == 0 && (*(ushort*)(information + ModeOffset) & TypeMask) == Regular;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int directory, string path, int flags, uint mask, byte* information);
}
