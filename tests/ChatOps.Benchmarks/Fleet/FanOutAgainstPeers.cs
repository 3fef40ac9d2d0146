using System.Globalization;

namespace ChatOps.Benchmarks.Fleet;

/// <summary>
/// <c>true</c> on a hundred machines: ours with gate, audit and result, over daemons of a process each and over identities in one process, against what people use today over warm
/// connections, and against a C program that only starts the processes. The tools and ours alternate.
/// </summary>
internal sealed class FanOutAgainstPeers : IBenchmark
{
    private const int Nodes = 100;
    private const int Few = 10;
    private const int Many = 500;
    private const int Rounds = 9;
    private const int AnsibleRounds = 3;
    private const int Warmups = 5;

    public string Name => "fan-out";

    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        if (WarmSsh.Missing is { Count: > 0 } missing)
        {
            await notes.WriteLineAsync($"The peers are missing ({string.Join(", ", missing)}). On Debian: apt-get install openssh-server clustershell ansible");
            return [];
        }

        var directory = Directory.CreateTempSubdirectory("chatops-fan-out-").FullName;
        try
        {
            if (await ProcessesInC.CompileAsync(directory) is not { } floor)
            {
                await notes.WriteLineAsync("There is no C compiler; without the floor the numbers would mean nothing.");
                return [];
            }

            await using var gateway = await FleetGateway.StartAsync(directory, Nodes + Many);
            await using var ssh = await WarmSsh.StartAsync(directory, Many);
            List<Measure> measures = [];
            await using (await DaemonProcesses.JoinAsync(gateway, directory, Nodes)) measures.AddRange(await DaemonsAsync(gateway, ssh));
            await notes.WriteLineAsync("daemons are done; identities …");
            await using var light = await LightNodes.JoinAsync(gateway, directory, Many, Few, Nodes, Many);
            measures.AddRange(await IdentitiesAsync(gateway, ssh, floor));
            measures.AddRange(await SizesAsync(gateway, ssh));
            return measures;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Measure>> DaemonsAsync(FleetGateway gateway, WarmSsh ssh)
    {
        await gateway.WarmAsync("kind=daemon", Nodes);
        List<double> ours = [], clush = [], xargs = [];
        for (var i = 0; i < Rounds; i++)
        {
            ours.Add(await gateway.RunTrueAsync("kind=daemon", Nodes));
            clush.Add(await ssh.ClushAsync(Nodes));
            xargs.Add(await ssh.XargsAsync(Nodes));
        }

        var what = $"fan-out: `true` on {Nodes} daemons, a process each, p50";
        return [Faster(what, ours, "clush -f64, warm", clush, 5), Faster(what, ours, "ssh under xargs -P32, warm", xargs, 3)];
    }

    private static async Task<IReadOnlyList<Measure>> IdentitiesAsync(FleetGateway gateway, WarmSsh ssh, ProcessesInC floor)
    {
        var selector = $"first-{Nodes}=yes";
        await gateway.WarmAsync(selector, Nodes);
        List<double> ours = [], clush = [], xargs = [], ansible = [], processes = [];
        for (var i = 0; i < Rounds; i++)
        {
            ours.Add(await gateway.RunTrueAsync(selector, Nodes));
            clush.Add(await ssh.ClushAsync(Nodes));
            xargs.Add(await ssh.XargsAsync(Nodes));
            processes.Add(await floor.RunAsync(Nodes, 2));
            if (i < AnsibleRounds) ansible.Add(await ssh.AnsibleAsync(Nodes));
        }

        var what = $"fan-out: `true` on {Nodes} identities in one process, p50";
        return
        [
            Faster(what, ours, "clush -f64, warm", clush, 8),
            Faster(what, ours, "ssh under xargs -P32, warm", xargs, 4.8),
            Faster(what, ours, "ansible, pipelined, 50 forks, warm", ansible, 160),
            new(what, Text(ours.Median()))
            {
                Reference = $"{Nodes} processes, 2 at a time, in C: {Text(processes.Median())}", Ratio = ours.Median() / processes.Median(), Goal = "≤ 2 times",
                Met = ours.Median() <= 2 * processes.Median(),
            },
        ];
    }

    // Ours and the quickest of the peers, at growing sizes: the advantage may not shrink.
    private static async Task<IReadOnlyList<Measure>> SizesAsync(FleetGateway gateway, WarmSsh ssh)
    {
        List<Measure> measures = [];
        var before = 0.0;
        foreach (var size in new[] { Few, Nodes, Many })
        {
            var selector = $"first-{size}=yes";
            for (var i = 0; i < Warmups; i++) await gateway.RunTrueAsync(selector, size);
            List<double> ours = [], xargs = [];
            for (var i = 0; i < Rounds; i++)
            {
                ours.Add(await gateway.RunTrueAsync(selector, size));
                xargs.Add(await ssh.XargsAsync(size));
            }

            var ratio = xargs.Median() / ours.Median();
            measures.Add(new($"fan-out: `true` on {size} identities, p50", Text(ours.Median()))
            {
                Reference = $"ssh under xargs -P32, warm: {Text(xargs.Median())}", Ratio = ratio, Goal = before > 0 ? "not less than the row before" : "", Met = before > 0 ? ratio >= before : null,
            });
            before = ratio;
        }

        return measures;
    }

    private static Measure Faster(string what, List<double> ours, string peer, List<double> theirs, double goal) => new(what, Text(ours.Median()))
    {
        Reference = $"{peer}: {Text(theirs.Median())}", Ratio = theirs.Median() / ours.Median(),
        Goal = string.Create(CultureInfo.InvariantCulture, $"≥ {goal} times faster"), Met = theirs.Median() >= goal * ours.Median(),
    };

    private static string Text(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.0} ms");
}
