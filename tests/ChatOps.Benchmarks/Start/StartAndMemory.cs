using System.Globalization;

namespace ChatOps.Benchmarks.Start;

/// <summary>From starting the published program to its ready line, on a fresh and on an existing data directory; and what it holds when nothing happens.</summary>
internal sealed class StartAndMemory : IBenchmark
{
    private const int Runs = 7;
    private const double GoalMilliseconds = 1000;
    private const double GoalMegabytes = 120;
    private const double MegabytesPerMiB = 1.048576;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Name => "start";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        var directory = Directory.CreateTempSubdirectory("chatops-start-").FullName;
        try
        {
            var existing = Path.Combine(directory, "existing");
            var readings = new Dictionary<string, List<(double Wall, double Processor)>> { ["fresh"] = [], ["existing"] = [], ["hello"] = [] };

            // The first round fills the file cache and makes the existing directory. The three take turns, so that a slow minute hits all alike.
            for (var round = -1; round < Runs; round++)
            {
                foreach (var (what, list) in readings)
                {
                    await using var server = what == "hello"
                        ? await PublishedPrograms.StartHelloAsync()
                        : await PublishedPrograms.StartGatewayAsync(what == "existing" ? existing : Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"fresh{round}")));
                    var processor = server.ProcessorTime;
                    if (round >= 0) list.Add((server.UntilReady.TotalMilliseconds, processor.TotalMilliseconds));
                }
            }

            var (gateway, hello) = await IdleAsync(existing);
            var reference = readings["hello"].Select(r => r.Wall).Median();
            foreach (var (what, list) in readings)
                await notes.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {what}: processor time until ready, median {list.Select(r => r.Processor).Median():0} ms; slowest start {list.Max(r => r.Wall):0} ms"));
            return
            [
                Start("start to ready, fresh data directory", readings["fresh"].Select(r => r.Wall).Median(), reference),
                Start("start to ready, existing data directory", readings["existing"].Select(r => r.Wall).Median(), reference),
                new("resident memory, idle 10 s after start", string.Create(CultureInfo.InvariantCulture, $"{gateway:0.0} MiB ({gateway * MegabytesPerMiB:0.0} MB)"))
                {
                    Reference = string.Create(CultureInfo.InvariantCulture, $"smallest ASP.NET Core program: {hello:0.0} MiB"),
                    Ratio = gateway / hello,
                    Goal = string.Create(CultureInfo.InvariantCulture, $"< {GoalMegabytes} MB"),
                    Met = gateway * MegabytesPerMiB < GoalMegabytes,
                },
            ];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<(double Gateway, double Hello)> IdleAsync(string data)
    {
        await using var gateway = await PublishedPrograms.StartGatewayAsync(data);
        await using var hello = await PublishedPrograms.StartHelloAsync();
        await Task.Delay(Idle, TimeProvider.System);
        return (gateway.ResidentMiB(), hello.ResidentMiB());
    }

    private static Measure Start(string what, double value, double reference) => new(what, string.Create(CultureInfo.InvariantCulture, $"{value:0} ms"))
    {
        Reference = string.Create(CultureInfo.InvariantCulture, $"smallest ASP.NET Core program: {reference:0} ms"),
        Ratio = value / reference,
        Goal = string.Create(CultureInfo.InvariantCulture, $"< {GoalMilliseconds:0} ms"),
        Met = value < GoalMilliseconds,
    };
}
