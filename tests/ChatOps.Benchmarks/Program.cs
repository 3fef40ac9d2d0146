using ChatOps.Benchmarks;
using ChatOps.Benchmarks.Durability;

IBenchmark[] benchmarks = [new DurableWrites()];

var wanted = args is [] or ["all"] ? benchmarks : [.. benchmarks.Where(b => args.Contains(b.Name, StringComparer.OrdinalIgnoreCase))];
if (wanted.Length == 0)
{
    await System.Console.Error.WriteLineAsync($"Unknown benchmark. Known: all, {string.Join(", ", benchmarks.Select(b => b.Name))}.");
    return 2;
}

await Machine.DescribeAsync(System.Console.Out);
foreach (var benchmark in wanted) await benchmark.RunAsync(System.Console.Out);
return 0;
