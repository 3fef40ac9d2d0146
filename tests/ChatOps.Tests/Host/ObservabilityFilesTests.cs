using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOps.Host.Telemetry;
using ChatOps.Testing.Schemas;

namespace ChatOps.Tests.Host;

/// <summary>
/// The dashboard and the alert rules that are shipped, held to the metrics that there are. A scrape tells of the whole process, with <see cref="GatewayMetrics.LabelSets"/> label sets a metric at most: what
/// other tests do meanwhile would use them up.
/// </summary>
[Collection(nameof(AloneInTheProcess))]
public sealed partial class ObservabilityFilesTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Theory]
    [InlineData("docs/observability/grafana-dashboard.json")]
    [InlineData("docs/observability/prometheus-alerts.yaml")]
    [InlineData("docs/observability.md")]
    public void Every_metric_that_a_file_names_is_measured(string file)
    {
        Assert.NotNull(gateway.Host);
        var measured = Measured();
        var named = MetricName().Matches(File.ReadAllText(RepositoryFiles.Of(file))).Select(m => Suffix().Replace(m.Value, "")).Distinct().ToList();

        Assert.True(named.Count > 5);
        Assert.Empty(named.Except(measured));
    }

    [Fact]
    public void The_dashboard_is_whole()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Of("docs/observability/grafana-dashboard.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();

        Assert.Equal(panels.Count, panels.Select(p => p.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, p => Assert.All(p.GetProperty("targets").EnumerateArray(), t => Assert.NotEmpty(t.GetProperty("expr").GetString()!)));
    }

    [Fact]
    public async Task A_scrape_says_how_the_parts_are_what_waits_and_what_passed_the_gate()
    {
        using var client = gateway.Owner();
        await GatewayFixture.CallAsync(client, "run", """{ "arguments": { "command_line": "true", "on": "local" } }""");
        await GatewayFixture.CallAsync(client, "run", """{ "arguments": { "command_line": "true", "on": "node=nowhere" } }""");
        var text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("chatops_part_state{part=\"store\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("chatops_nodes{state=\"online\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("chatops_queue_waiting{queue=\"approvals\"} 0\n", text, StringComparison.Ordinal);
        var answers = text.Split('\n').Where(l => l.StartsWith("chatops_invocations_total{", StringComparison.Ordinal) && l.Contains("tool=\"run\"", StringComparison.Ordinal)).ToList();
        Assert.Contains(answers, l => l.Contains("status=\"done\"", StringComparison.Ordinal));
        Assert.Contains(answers, l => l.Contains("status=\"refused\"", StringComparison.Ordinal));
        Assert.Contains("chatops_invocation_duration_seconds_count{tool=\"run\"}", text, StringComparison.Ordinal);
    }

    private static HashSet<string> Measured()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith("ChatOps", StringComparison.Ordinal))
                    names.Add(PrometheusText.NameOf(instrument.Name, instrument.Unit ?? "", instrument.GetType().Name.StartsWith("Counter", StringComparison.Ordinal)));
            },
        };
        listener.Start();
        return names;
    }

    [GeneratedRegex("chatops_[a-z_]*[a-z](?![a-z_])")]
    private static partial Regex MetricName();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
