using System.Diagnostics;

namespace ChatOps.Testing.Faults;

/// <summary>A file system in memory of a test's own, at a folder that a program under test writes to, which can be filled. It takes root to make one.</summary>
public sealed class TestDisk : IDisposable
{
    private readonly string path;

    private TestDisk(string path) => this.path = path;

    private string Filler => Path.Combine(path, "filler");

    /// <summary>Makes one.</summary>
    /// <param name="path">The folder, which is empty.</param>
    /// <param name="size">As mount understands it, such as 64m.</param>
    /// <returns>Null where it may not be made.</returns>
    public static TestDisk? Mount(string path, string size) => Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", $"size={size},mode=0700", "tmpfs", path) ? new TestDisk(path) : null;

    /// <summary>No room is left.</summary>
    public void Fill() => DiskFiller.Fill(Filler);

    /// <summary>There is room again.</summary>
    public void Free() => DiskFiller.Free(Filler);

    /// <inheritdoc/>
    public void Dispose() => Run("umount", "-l", path);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
