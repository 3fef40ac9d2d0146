using System.Globalization;

namespace ChatOps.Benchmarks;

/// <summary>On what the numbers were taken.</summary>
internal static class Machine
{
    /// <summary>One line: processors, memory, system, runtime.</summary>
    public static async Task DescribeAsync(TextWriter output)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        var processor = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} × {processor ?? "unknown processor"}, {memory:0.0} GiB, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}"));
    }
}
