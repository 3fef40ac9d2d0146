using System.Diagnostics;
using System.Globalization;

namespace ChatOps.Benchmarks.Start;

/// <summary>A published program that serves HTTP on a loopback port which the system chooses, and says on its first line that it is ready.</summary>
internal sealed class Server : IAsyncDisposable
{
    private const string Ready = " is ready at ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(40);

    private readonly Process process;
    private Task reading = Task.CompletedTask;

    private Server(Process process, TimeSpan untilReady, string url)
    {
        this.process = process;
        UntilReady = untilReady;
        Url = url;
    }

    /// <summary>From starting the process to reading its ready line.</summary>
    public TimeSpan UntilReady { get; }

    /// <summary>Where it answers.</summary>
    public string Url { get; }

    /// <summary>Processor time that it has used, all threads together.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Added to the environment; null for nothing.</param>
    public static async Task<Server> StartAsync(string program, IReadOnlyList<string> arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // One person says more here than people do.
        foreach (var setting in (string[])["Agent__MessagesPerMinute", "Agent__MessagesPerMinuteInAll", "Gateway__CallsPerMinute", "Gateway__CallsPerMinuteInAll"]) start.Environment["CHATOPS__" + setting] = "1000000";
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(StartLimit);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                var at = line.IndexOf(Ready, StringComparison.Ordinal);
                if (at < 0) continue;
                var server = new Server(process, Stopwatch.GetElapsedTime(began), line[(at + Ready.Length)..].Trim());

                // What else it says is read, so that it is never held up by saying it.
                server.reading = Task.WhenAll(errors, process.StandardOutput.ReadToEndAsync(CancellationToken.None));
                return server;
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        process.Dispose();
        throw new InvalidOperationException($"{program} did not become ready: {await errors}");
    }

    /// <summary>Resident memory in MiB.</summary>
    public double ResidentMiB()
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Asks it to end (SIGTERM), and kills it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync("/bin/kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        try
        {
            await process.WaitForExitAsync().WaitAsync(StopLimit);
        }
        catch (TimeoutException)
        {
            process.Kill();
        }

        await reading;
        process.Dispose();
    }
}
