using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ChatOps.Benchmarks.Durability;

/// <summary>The reference that nobody beats by much: a group commit in C, compiled here and now.</summary>
/// <param name="directory">Where program and file are.</param>
internal sealed class GroupCommitInC(string directory)
{
    private const string Source = "group_commit.c";

    private string Program => Path.Combine(directory, "group_commit");

    /// <summary>Compiles it; null when there is no compiler.</summary>
    public static async Task<GroupCommitInC?> CompileAsync(string directory)
    {
        var source = Path.Combine(directory, Source);
        await using (var embedded = typeof(GroupCommitInC).Assembly.GetManifestResourceStream(Source)!)
        await using (var file = File.Create(source))
        {
            await embedded.CopyToAsync(file);
        }

        var compiled = new GroupCommitInC(directory);
        try
        {
            await RunAsync("cc", ["-O2", "-pthread", "-o", compiled.Program, source]);
            return compiled;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Runs it.</summary>
    public async Task<BenchmarkRow> RunAsync(int writers, TimeSpan time)
    {
        var arguments = new[] { Path.Combine(directory, "group"), writers.ToString(CultureInfo.InvariantCulture), time.TotalSeconds.ToString(CultureInfo.InvariantCulture) };
        var numbers = (await RunAsync(Program, arguments)).Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return new BenchmarkRow("group commit in C, 200-byte appends", writers, numbers[0] / numbers[1], numbers[2], numbers[3]);
    }

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
