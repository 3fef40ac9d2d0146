using System.Diagnostics;
using System.Globalization;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Chaos;

/// <summary>The clock on the wall as one process sees it, through a small library that is loaded into it; the product knows nothing of it.</summary>
internal sealed class WallClock(string file)
{
    private static readonly Lazy<string> Library = new(Build);

    /// <summary>What a process is started with, so that it sees this clock.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["LD_PRELOAD"] = Library.Value, ["CHAOS_CLOCK"] = file };

    /// <summary>Sets it wrong by so much from the next second on; null sets it right.</summary>
    public void Set(TimeSpan? off) => File.WriteAllText(file, ((int)(off?.TotalSeconds ?? 0)).ToString("+0000;-0000", CultureInfo.InvariantCulture));

    // Built once for this process, of the source beside these tests.
    private static string Build()
    {
        var library = Path.Combine(Directory.CreateTempSubdirectory("chatops-clock-").FullName, "clock.so");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(library)!, recursive: true);
        using var compiler = Process.Start("gcc", ["-shared", "-fPIC", "-O2", "-o", library, Path.Combine(ChatOpsExecutable.Root, "tests", "ChatOps.EndToEnd.Tests", "Chaos", "clock.c"), "-ldl"]);
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? library : throw new InvalidOperationException("The clock could not be built: tests/run.sh installs gcc.");
    }
}
