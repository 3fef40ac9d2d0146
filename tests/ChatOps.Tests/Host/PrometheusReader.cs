using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatOps.Tests.Host;

/// <summary>Reads Prometheus' text format strictly: what it does not understand fails the test.</summary>
internal static partial class PrometheusReader
{
    public static IReadOnlyList<(string Name, double Value)> Read(string text)
    {
        var samples = new List<(string, double)>();
        var typed = new HashSet<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal)) continue;
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                Assert.True(typed.Add(line.Split(' ')[2]), $"described twice: {line}");
                Assert.Contains(line.Split(' ')[3], new[] { "counter", "gauge", "histogram" });
                continue;
            }

            var match = Sample().Match(line);
            Assert.True(match.Success, $"not a sample: {line}");
            samples.Add((match.Groups[1].Value, match.Groups[2].Value is "+Inf" ? double.PositiveInfinity : double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)));
        }

        return samples;
    }

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*")*\})? (NaN|[+-]Inf|[-+0-9.eE]+)$""")]
    private static partial Regex Sample();
}
