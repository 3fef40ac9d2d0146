using ChatOps.Diagnostics;
using ChatOps.Secrets;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ChatOps.Host.Telemetry;

/// <summary>Sends spans to the collector that is configured. A collector that is away costs spans, never a message.</summary>
internal sealed class GatewayTraces : IDisposable
{
    private const string TracesPath = "v1/traces";

    private readonly TracerProvider? provider;

    /// <summary>Begins to collect spans, where there is somewhere to send them.</summary>
    /// <exception cref="StartRefusedException">The headers' reference leads nowhere.</exception>
    public GatewayTraces(TelemetryOptions options, ISecretReferences references)
    {
        if (options.Endpoint is not { } endpoint) return;
        var headers = Headers(options, references);
        var version = typeof(GatewayTraces).Assembly.GetName().Version?.ToString(3) ?? "0";
        provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("chatops", serviceVersion: version))
            .AddSource(Tracing.SourceName)
            .AddOtlpExporter(exporter =>
            {
                exporter.Protocol = options.Protocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = options.Protocol == OtlpProtocol.Grpc ? new Uri(endpoint) : new Uri(new Uri(endpoint.TrimEnd('/') + "/"), TracesPath);
                exporter.Headers = headers;
            })
            .Build();
    }

    /// <inheritdoc/>
    public void Dispose() => provider?.Dispose();

    private static string? Headers(TelemetryOptions options, ISecretReferences references)
    {
        if (options.Headers is not { } written) return null;
        var resolved = references.Resolve(written);
        return resolved.Value ?? throw new StartRefusedException($"Telemetry:Otlp:Headers: {resolved.Error}");
    }
}
