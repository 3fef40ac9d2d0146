using System.Diagnostics;
using System.Globalization;
using ChatOps.Benchmarks.Start;

namespace ChatOps.Benchmarks.Fleet;

/// <summary>What a node's daemon costs its machine: the size of its file, the time until it is connected, and what it holds when nothing happens and after a hundred commands.</summary>
internal sealed class DaemonFootprint : IBenchmark
{
    private const int Starts = 7;
    private const int Commands = 100;
    private const string Connected = "Connected to";
    private const double MegabytesPerMiB = 1.048576;
    private const double GoalFile = 30, GoalMemory = 40, GoalStart = 200;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public string Name => "daemon";

    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        var directory = Directory.CreateTempSubdirectory("chatops-daemon-").FullName;
        try
        {
            var program = await PublishedPrograms.DaemonFileAsync();
            await using var gateway = await FleetGateway.StartAsync(directory, 1);
            string[] arguments = ["--relay", gateway.Relay.ToString(), "--name", "daemon-0", "--data", Path.Combine(directory, "node")];
            // The first start joins and fills the file cache.
            await using (await RunningAsync(program, arguments, await gateway.TokenAsync("kind=daemon"))) await gateway.OnlineAsync("kind=daemon", 1);

            List<double> starts = [];
            for (var i = 0; i < Starts; i++)
            {
                await using var started = await RunningAsync(program, arguments);
                starts.Add(started.Milliseconds);
            }

            await using var daemon = await RunningAsync(program, arguments);
            await gateway.OnlineAsync("kind=daemon", 1);
            await Task.Delay(Idle);
            var idle = daemon.Megabytes();
            for (var i = 0; i < Commands; i++) await gateway.RunTrueAsync("kind=daemon", 1);
            return
            [
                Bounded("daemon: its file", new FileInfo(program).Length / 1e6, "MB", GoalFile),
                Bounded("daemon: resident memory, idle 10 s after the start", idle, "MB", GoalMemory),
                Bounded($"daemon: resident memory after {Commands} commands", daemon.Megabytes(), "MB", GoalMemory),
                Bounded("daemon: start to connected, p50", starts.Median(), "ms", GoalStart),
            ];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Measure Bounded(string what, double value, string unit, double goal) => new(what, string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {unit}"))
    {
        Goal = string.Create(CultureInfo.InvariantCulture, $"< {goal:0} {unit}"), Met = value < goal,
    };

    private static async Task<Running> RunningAsync(string program, string[] arguments, string? token = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        if (token is not null) start.Environment["CHATOPS_JOIN_TOKEN"] = token;
        var began = Stopwatch.GetTimestamp();
        var running = new Running(Process.Start(start)!);
        try
        {
            running.Milliseconds = await running.UntilAsync(Connected, began);
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>One that runs until it is disposed.</summary>
    private sealed class Running(Process process) : IAsyncDisposable
    {
        private Task rest = Task.CompletedTask;

        /// <summary>From its start until it said that it is connected.</summary>
        public double Milliseconds { get; set; }

        /// <summary>Resident memory.</summary>
        public double Megabytes()
        {
            process.Refresh();
            return process.WorkingSet64 / (1024.0 * 1024) * MegabytesPerMiB;
        }

        /// <summary>Waits for a line, and answers with the milliseconds since then.</summary>
        public async Task<double> UntilAsync(string text, long since)
        {
            using var limit = new CancellationTokenSource(StartLimit);
            while (await process.StandardError.ReadLineAsync(limit.Token) is { } line)
            {
                if (!line.Contains(text, StringComparison.Ordinal)) continue;
                var taken = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
                // What else it says is read, so that it is never held up by saying it.
                rest = process.StandardError.ReadToEndAsync(CancellationToken.None);
                return taken;
            }

            throw new InvalidOperationException($"The daemon ended before it said '{text}'.");
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            await rest;
            process.Dispose();
        }
    }
}
