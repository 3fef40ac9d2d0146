namespace ChatOps.Host.Telemetry;

/// <summary>The transports of OTLP (OpenTelemetry Protocol Specification).</summary>
public enum OtlpProtocol
{
    /// <summary>HTTP with protobuf, at <c>/v1/traces</c> below the endpoint.</summary>
    Http,

    /// <summary>gRPC.</summary>
    Grpc,
}
