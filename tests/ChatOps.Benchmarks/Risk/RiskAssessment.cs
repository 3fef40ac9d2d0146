using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatOps.Policy;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Benchmarks.Risk;

/// <summary>Judging a command line: an on-call engineer's day, and lines made to be slow. The reference is a hash of the line, which every record of it costs anyway.</summary>
internal sealed class RiskAssessment : IBenchmark
{
    private const string Lines = "everyday-lines.txt";
    private const int WarmUp = 50;
    private const int Rounds = 100;
    private const int HostileRounds = 21;
    private const double GoalMicroseconds = 100;
    private const double GoalHostileMilliseconds = 20;

    /// <inheritdoc/>
    public string Name => "risk";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Measure>> RunAsync(TextWriter notes)
    {
        var services = new ServiceCollection().AddLogging().AddPolicy(new PolicyOptions { GatewayPaths = ["/var/lib/chatops"] }).BuildServiceProvider();
        await using (services)
        {
            var risk = services.GetRequiredService<ICommandRisk>();
            return [await EverydayAsync(risk, notes), await HostileAsync(risk, notes)];
        }
    }

    private static async Task<Measure> EverydayAsync(ICommandRisk risk, TextWriter notes)
    {
        var lines = await ReadLinesAsync();
        var times = new List<double>();
        for (var round = -WarmUp; round < Rounds; round++)
        {
            foreach (var line in lines)
            {
                var microseconds = Time(risk, line) * 1000;
                if (round >= 0) times.Add(microseconds);
            }
        }

        var levels = lines.Select(l => risk.Assess(l).Risk).CountBy(r => r).OrderBy(c => c.Key).Select(c => $"{c.Value} {c.Key}");
        var reference = Hash(Enumerable.Repeat(lines, Rounds).SelectMany(l => l)) * 1000;
        await notes.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"  {lines.Count} lines ({string.Join(", ", levels)}): p50 {times.Median():0.0}, p90 {times.At(90):0.0}, p99 {times.At(99):0.0} µs"));
        return new($"risk of a command line, p50 of {lines.Count} everyday ones", string.Create(CultureInfo.InvariantCulture, $"{times.Median():0.0} µs"))
        {
            Reference = string.Create(CultureInfo.InvariantCulture, $"SHA-256 of the same line: {reference:0.00} µs"),
            Ratio = times.Median() / reference,
            Goal = string.Create(CultureInfo.InvariantCulture, $"< {GoalMicroseconds} µs"),
            Met = times.Median() < GoalMicroseconds,
        };
    }

    private static async Task<Measure> HostileAsync(ICommandRisk risk, TextWriter notes)
    {
        for (var round = 0; round < WarmUp; round++)
            foreach (var hostile in HostileLines.All) risk.Assess(hostile.Line);
        var results = HostileLines.All
            .Select(h => (h.Name, Median: Enumerable.Range(0, HostileRounds).Select(_ => Time(risk, h.Line)).Median()))
            .OrderByDescending(r => r.Median).ToList();
        foreach (var (name, median) in results) await notes.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  64 KiB of {name}: {median:0.000} ms"));

        var worst = results[0];
        var reference = Hash(Enumerable.Repeat(HostileLines.All.Select(h => h.Line), HostileRounds).SelectMany(l => l));
        return new(
            $"risk of a hostile line of 64 KiB, the worst of {results.Count}: {worst.Name}", string.Create(CultureInfo.InvariantCulture, $"{worst.Median:0.00} ms"))
        {
            Reference = string.Create(CultureInfo.InvariantCulture, $"SHA-256 of such a line: {reference:0.000} ms"),
            Ratio = worst.Median / reference,
            Goal = string.Create(CultureInfo.InvariantCulture, $"< {GoalHostileMilliseconds} ms"),
            Met = worst.Median < GoalHostileMilliseconds,
        };
    }

    private static double Time(ICommandRisk risk, string line)
    {
        var began = Stopwatch.GetTimestamp();
        risk.Assess(line);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double Hash(IEnumerable<string> lines) => lines.Select(line =>
    {
        var began = Stopwatch.GetTimestamp();
        SHA256.HashData(Encoding.UTF8.GetBytes(line));
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }).Median();

    private static async Task<IReadOnlyList<string>> ReadLinesAsync()
    {
        using var reader = new StreamReader(typeof(RiskAssessment).Assembly.GetManifestResourceStream(Lines)!);
        return (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
