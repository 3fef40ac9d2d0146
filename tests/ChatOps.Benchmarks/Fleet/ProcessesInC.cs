using System.ComponentModel;
using System.Globalization;

namespace ChatOps.Benchmarks.Fleet;

/// <summary>The floor: a C program that starts processes and does nothing else, compiled here and now.</summary>
internal sealed class ProcessesInC(string program)
{
    private const string Source = "start_processes.c";

    /// <summary>Compiles it; null when there is no compiler.</summary>
    public static async Task<ProcessesInC?> CompileAsync(string directory)
    {
        var source = Path.Combine(directory, Source);
        await using (var embedded = typeof(ProcessesInC).Assembly.GetManifestResourceStream(Source)!)
        await using (var file = File.Create(source))
        {
            await embedded.CopyToAsync(file);
        }

        var program = Path.Combine(directory, "start_processes");
        try
        {
            await Command.RunAsync("cc", ["-O2", "-o", program, source]);
            return new ProcessesInC(program);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Milliseconds for so many starts of <c>true</c>.</summary>
    public async Task<double> RunAsync(int count, int parallel)
    {
        string[] arguments = [count.ToString(CultureInfo.InvariantCulture), parallel.ToString(CultureInfo.InvariantCulture)];
        return double.Parse(await Command.RunAsync(program, arguments), CultureInfo.InvariantCulture) / 1_000_000;
    }
}
