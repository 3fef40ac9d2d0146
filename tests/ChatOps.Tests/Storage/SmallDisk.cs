using System.ComponentModel;
using System.Diagnostics;

namespace ChatOps.Tests.Storage;

/// <summary>A file system of a few megabytes in memory; tests that need one are skipped, with the reason, where it may not be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static SmallDisk Mount(string size)
    {
        var path = Directory.CreateTempSubdirectory("chatops-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={size},mode=0700", "tmpfs", path)) return new SmallDisk(path);
        Directory.Delete(path);
        Assert.Skip("A small file system cannot be mounted here (it takes root).");
        throw new UnreachableException();
    }

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", Path));

    public void Dispose()
    {
        Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
