using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ChatOps.Host.Telemetry;

/// <summary>Collects every meter of ours, the listener's and the runtime's, and hands them out as text.</summary>
internal sealed class GatewayMetrics : IDisposable
{
    /// <summary>How many label sets one metric may have; more are summed up in one that says so.</summary>
    public const int LabelSets = 100;

    private readonly PrometheusText text = new();
    private readonly BaseExportingMetricReader reader;
    private readonly MeterProvider provider;
    private readonly Lock collecting = new();

    /// <summary>Starts collecting.</summary>
    public GatewayMetrics()
    {
        reader = new BaseExportingMetricReader(text);
        provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter("ChatOps", "ChatOps.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = LabelSets })
            .AddReader(reader)
            .Build();
    }

    /// <summary>All metrics now.</summary>
    public string Collect()
    {
        lock (collecting)
        {
            reader.Collect();
            return text.Last;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        provider.Dispose();
        reader.Dispose();
        text.Dispose();
    }
}
