using System.Diagnostics.Metrics;
using ChatOps.Host.Telemetry;

namespace ChatOps.Tests.Host;

public sealed class PrometheusTextTests
{
    [Theory]
    [InlineData("http.server.request.duration", "s", false, "http_server_request_duration_seconds")]
    [InlineData("chatops.audit.records", "{record}", true, "chatops_audit_records_total")]
    [InlineData("process.memory", "By", false, "process_memory_bytes")]
    [InlineData("already_total", "", true, "already_total")]
    [InlineData("2nd", "1", false, "_2nd")]
    [InlineData("odd-name €", "", false, "odd_name__")]
    public void Names_become_legal_and_carry_their_unit(string name, string unit, bool counter, string expected)
    {
        Assert.Equal(expected, PrometheusText.NameOf(name, unit, counter));
    }

    [Fact]
    public void Counters_gauges_and_histograms_are_written_so_that_a_strict_reader_understands_them()
    {
        using var metrics = new GatewayMetrics();
        using var meter = new Meter("ChatOps.Test." + Guid.CreateVersion7());
        var counter = meter.CreateCounter<long>("chatops.test.things", "{thing}", "Things with \\ and \n in their description");
        var histogram = meter.CreateHistogram<double>("chatops.test.time", "s");
        meter.CreateObservableGauge("chatops.test.level", () => 2.5);
        counter.Add(3, new KeyValuePair<string, object?>("path", "a\"b\\c\nd"));
        histogram.Record(0.2);
        histogram.Record(700);

        var text = metrics.Collect();
        var samples = PrometheusReader.Read(text);

        Assert.Contains(("chatops_test_things_total", 3d), samples);
        Assert.Contains(("chatops_test_level", 2.5), samples);
        Assert.Contains(("chatops_test_time_seconds_count", 2d), samples);
        Assert.Contains(("chatops_test_time_seconds_sum", 700.2), samples);
        Assert.Contains("path=\"a\\\"b\\\\c\\nd\"", text, StringComparison.Ordinal);
        var buckets = samples.Where(s => s.Name == "chatops_test_time_seconds_bucket").Select(s => s.Value).ToList();
        Assert.Equal(2, buckets[^1]);
        Assert.Equal(buckets.Order(), buckets);
    }

    [Fact]
    public void A_label_with_endless_values_does_not_grow_endlessly()
    {
        using var metrics = new GatewayMetrics();
        using var meter = new Meter("ChatOps.Test." + Guid.CreateVersion7());
        var counter = meter.CreateCounter<long>("chatops.test.endless");
        for (var i = 0; i < 10 * GatewayMetrics.LabelSets; i++) counter.Add(1, new KeyValuePair<string, object?>("id", i));

        var samples = PrometheusReader.Read(metrics.Collect()).Where(s => s.Name == "chatops_test_endless_total").ToList();

        Assert.InRange(samples.Count, 1, GatewayMetrics.LabelSets + 1);
        Assert.Equal(10 * GatewayMetrics.LabelSets, samples.Sum(s => s.Value));
    }
}
