using ChatOps.Benchmarks;
using ChatOps.Benchmarks.Agent;
using ChatOps.Benchmarks.Checks;
using ChatOps.Benchmarks.Durability;
using ChatOps.Benchmarks.Fleet;
using ChatOps.Benchmarks.Gate;
using ChatOps.Benchmarks.Message;
using ChatOps.Benchmarks.Risk;
using ChatOps.Benchmarks.Schedules;
using ChatOps.Benchmarks.Slack;
using ChatOps.Benchmarks.Start;

if (args is [LightNodes.Argument, var relay, var directory]) return await LightNodes.RunAsync(relay, directory);

IBenchmark[] benchmarks = [new StartAndMemory(), new MessageToReply(), new DistributedMessages(), new DurableWrites(), new GateOverhead(), new RiskAssessment(), new SlackAgainstBolt(), new FleetRoundTrip(), new FanOutAgainstPeers(), new ManyNodes(), new DaemonFootprint(), new ChecksLoad(), new SchedulesLoad(), new AgentTurns(), new FailOverOfGateways()];

var wanted = args is [] or ["all"] ? benchmarks : [.. benchmarks.Where(b => args.Contains(b.Name, StringComparer.OrdinalIgnoreCase))];
if (wanted.Length == 0)
{
    await System.Console.Error.WriteLineAsync($"Unknown benchmark. Known: all, {string.Join(", ", benchmarks.Select(b => b.Name))}.");
    return 2;
}

// The table goes to the output; what happens meanwhile to the error stream, so that one can be kept without the other.
List<Measure> rows = [];
foreach (var benchmark in wanted)
{
    await System.Console.Error.WriteLineAsync($"{benchmark.Name} …");
    rows.AddRange(await benchmark.RunAsync(System.Console.Error));
}

await Machine.DescribeAsync(System.Console.Out);
await System.Console.Out.WriteLineAsync();
await System.Console.Out.WriteLineAsync(Measure.Head);
foreach (var row in rows) await System.Console.Out.WriteLineAsync(row.ToMarkdown());
return 0;
