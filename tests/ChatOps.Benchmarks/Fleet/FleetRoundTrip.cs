using System.Globalization;

namespace ChatOps.Benchmarks.Fleet;

/// <summary>
/// One command to one connected node, and <c>true</c> to a hundred, through the HTTP API: gate, audit and result included. The hundred node
/// identities live in this process, the gateway in its own; the floor is a C program that starts as many processes.
/// </summary>
internal sealed class FleetRoundTrip : IBenchmark
{
    private const int Nodes = 100;
    private const int Rounds = 100;
    private const int FanOuts = 15;

    public string Name => "fleet";

    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        var directory = Directory.CreateTempSubdirectory("chatops-fleet-benchmark-").FullName;
        try
        {
            if (await ProcessesInC.CompileAsync(directory) is not { } floor)
            {
                await notes.WriteLineAsync("There is no C compiler; without the floor the numbers would mean nothing.");
                return [];
            }

            await using var gateway = await FleetGateway.StartAsync(directory, Nodes);
            await using var light = await LightNodes.JoinAsync(gateway, directory, Nodes);
            var measures = await MeasureAsync(gateway, floor);
            await notes.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"gateway with {Nodes} nodes: {gateway.Server.ResidentMiB():0} MiB resident"));
            return measures;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Measure>> MeasureAsync(FleetGateway gateway, ProcessesInC floor)
    {
        await gateway.WarmAsync("kind=light", Nodes);
        await gateway.WarmAsync("light-0", 1);

        // Alternating, so that what disturbs one disturbs the other.
        List<double> one = [], single = [], all = [], processes = [];
        for (var i = 0; i < Rounds; i++)
        {
            one.Add(await gateway.RunTrueAsync("light-0", 1));
            single.Add(await floor.RunAsync(1, 1));
        }

        for (var i = 0; i < FanOuts; i++)
        {
            all.Add(await gateway.RunTrueAsync("kind=light", Nodes));
            processes.Add(await floor.RunAsync(Nodes, 2));
        }

        var over = one.Median() - single.Median();
        return
        [
            new("fleet: one command to a connected node, p50", Text(one.Median()))
            {
                Reference = $"starting the process, in C: {Text(single.Median())}", Ratio = one.Median() / single.Median(), Goal = "under 5 ms over the process start", Met = over < 5,
            },
            new($"fleet: `true` on {Nodes} nodes (identities in one process), p50", Text(all.Median()))
            {
                Reference = $"{Nodes} processes, 2 at a time, in C: {Text(processes.Median())}", Ratio = all.Median() / processes.Median(), Goal = "within 2 times", Met = all.Median() <= 2 * processes.Median(),
            },
        ];
    }

    private static string Text(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.0} ms");
}
