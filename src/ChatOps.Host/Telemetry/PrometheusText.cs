using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ChatOps.Host.Telemetry;

/// <summary>Writes metrics in Prometheus' text format, version 0.0.4.</summary>
internal sealed class PrometheusText : BaseExporter<Metric>
{
    private readonly StringBuilder text = new();
    private readonly HashSet<string> described = new(StringComparer.Ordinal);

    /// <summary>What was written last.</summary>
    public string Last { get; private set; } = "";

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        text.Clear();
        described.Clear();
        foreach (var metric in batch) Write(metric);
        Last = text.ToString();
        return ExportResult.Success;
    }

    /// <summary>A legal name: <c>http.server.request.duration</c> in seconds becomes <c>http_server_request_duration_seconds</c>.</summary>
    public static string NameOf(string name, string unit, bool counter)
    {
        var result = new StringBuilder(name.Length + 16);
        foreach (var c in name) result.Append(char.IsAsciiLetterOrDigit(c) || c == ':' ? c : '_');
        if (char.IsAsciiDigit(result[0])) result.Insert(0, '_');
        var suffix = unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", "1" or "" => "", _ when unit.StartsWith('{') => "", _ => "_" + Letters(unit) };
        if (suffix.Length > 1 && !EndsWith(result, suffix)) result.Append(suffix);
        if (counter && !EndsWith(result, "_total")) result.Append("_total");
        return result.ToString();
    }

    private static bool EndsWith(StringBuilder text, string suffix) =>
        text.Length >= suffix.Length && text.ToString(text.Length - suffix.Length, suffix.Length) == suffix;

    private static string Letters(string unit) => new([.. unit.Where(char.IsAsciiLetterOrDigit)]);

    private void Write(Metric metric)
    {
        var counter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var histogram = metric.MetricType == MetricType.Histogram;
        if (!counter && !histogram && metric.MetricType is not (MetricType.LongGauge or MetricType.DoubleGauge
            or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic)) return;
        var name = NameOf(metric.Name, metric.Unit, counter);

        // Two meters may have an instrument of the same name; a second description of it would make the text invalid.
        if (!described.Add(name)) return;
        if (metric.Description.Length > 0) text.Append("# HELP ").Append(name).Append(' ').Append(Escape(metric.Description, quotes: false)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(counter ? " counter" : histogram ? " histogram" : " gauge").Append('\n');
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (histogram) WriteHistogram(name, point);
            else Line(name, point, null, Value(metric.MetricType, point));
        }
    }

    private void WriteHistogram(string name, in MetricPoint point)
    {
        long total = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            total += bucket.BucketCount;
            var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : Number(bucket.ExplicitBound);
            Line(name + "_bucket", point, bound, Number(total));
        }

        Line(name + "_sum", point, null, Number(point.GetHistogramSum()));
        Line(name + "_count", point, null, Number(point.GetHistogramCount()));
    }

    private void Line(string name, in MetricPoint point, string? bound, string value)
    {
        text.Append(name);
        var open = false;
        foreach (var tag in point.Tags) Label(ref open, NameOf(tag.Key, "", counter: false), Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "");
        if (bound is not null) Label(ref open, "le", bound);
        if (open) text.Append('}');
        text.Append(' ').Append(value).Append('\n');
    }

    private void Label(ref bool open, string name, string value)
    {
        text.Append(open ? ',' : '{').Append(name).Append("=\"").Append(Escape(value, quotes: true)).Append('"');
        open = true;
    }

    private static string Value(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => Number(point.GetSumLong()),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
        MetricType.LongGauge => Number(point.GetGaugeLastValueLong()),
        _ => Number(point.GetGaugeLastValueDouble()),
    };

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string value, bool quotes)
    {
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
