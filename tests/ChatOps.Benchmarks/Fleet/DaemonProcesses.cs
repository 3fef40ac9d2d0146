using System.Diagnostics;
using System.Globalization;
using ChatOps.Benchmarks.Start;

namespace ChatOps.Benchmarks.Fleet;

/// <summary>Real daemons as they are shipped, a process each.</summary>
internal sealed class DaemonProcesses : IAsyncDisposable
{
    private readonly List<Process> processes = [];

    /// <summary>Joins so many and waits until all are connected.</summary>
    public static async Task<DaemonProcesses> JoinAsync(FleetGateway gateway, string directory, int count)
    {
        var program = await PublishedPrograms.DaemonFileAsync();
        var daemons = new DaemonProcesses();
        for (var i = 0; i < count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"daemon-{i}");
            string[] arguments = ["--relay", gateway.Relay.ToString(), "--name", name, "--data", Path.Combine(directory, name)];
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["CHATOPS_JOIN_TOKEN"] = await gateway.TokenAsync("kind=daemon");
            var process = Process.Start(start)!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            daemons.processes.Add(process);
        }

        await gateway.OnlineAsync("kind=daemon", count);
        return daemons;
    }

    /// <summary>Resident memory of the one with a number, in MiB.</summary>
    public double ResidentMiB(int number)
    {
        processes[number].Refresh();
        return processes[number].WorkingSet64 / (1024.0 * 1024);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes) process.Kill();
        foreach (var process in processes)
        {
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
