using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Host.Telemetry;

/// <summary>Registers metrics and traces.</summary>
internal static class TelemetryRegistration
{
    /// <summary>Adds what collects and hands out.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options) => services
        .AddSingleton(options)
        .AddSingleton<GatewayMetrics>()
        .AddSingleton<PartGauges>()
        .AddSingleton<GatewayTraces>();
}
