using ChatOps.Host.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Host.Telemetry;

/// <summary><c>/metrics</c>, for whoever has a token.</summary>
internal static class MetricsEndpoint
{
    /// <summary>Maps it.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder app)
    {
        var metrics = app.ServiceProvider.GetRequiredService<GatewayMetrics>();
        var gauges = app.ServiceProvider.GetRequiredService<PartGauges>();
        app.MapGet("/metrics", async context =>
        {
            await gauges.LookAsync(context.RequestAborted);
            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsync(metrics.Collect(), context.RequestAborted);
        }).RequireAuthorization(ApiTokenScheme.Name);
    }
}
