namespace ChatOps.Host.Telemetry;

/// <summary>Where spans go.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The collector's root: <c>http://127.0.0.1:4318</c> for HTTP, <c>http://127.0.0.1:4317</c> for gRPC. Null (default): nothing is traced.</summary>
    public string? Endpoint { get; set; }

    /// <summary>How the collector is spoken to. Default HTTP with protobuf.</summary>
    public OtlpProtocol Protocol { get; set; } = OtlpProtocol.Http;

    /// <summary>Headers for the collector, <c>name=value</c> separated by commas, or a reference to them; null for none.</summary>
    public string? Headers { get; set; }

    /// <summary>What is wrong with a collector's address, or null.</summary>
    internal static string? CheckEndpoint(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && address.Query.Length == 0
            ? null
            : "must be the root of a collector, such as http://127.0.0.1:4318.";
}
