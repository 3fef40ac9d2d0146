using ChatOps.Diagnostics;
using ChatOps.Host.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Host.Http;

/// <summary><c>/health/live</c> and <c>/health/ready</c>: names and states, for anybody; summaries and facts need a person (<c>status</c>).</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var parts = app.ServiceProvider.GetServices<IHealthPart>().ToList();
        app.MapGet("/health/live", context => new JsonAnswer(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("state", "ok");
            writer.WriteEndObject();
        }).ExecuteAsync(context)).AllowAnonymous();

        app.MapGet("/health/ready", context => ReadyAsync(parts, context)).AllowAnonymous();
    }

    private static async Task ReadyAsync(IReadOnlyList<IHealthPart> parts, HttpContext context)
    {
        var states = await Task.WhenAll(parts.Select(p => StateAsync(p, context.RequestAborted)));
        var worst = states.Length == 0 ? PartState.Ok : states.Max(s => s.State);
        var status = worst == PartState.Failed ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        await new JsonAnswer(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("state", Word(worst));
            writer.WriteStartObject("parts");
            foreach (var (name, state) in states.OrderBy(s => s.Name, StringComparer.Ordinal)) writer.WriteString(name, Word(state));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }, status).ExecuteAsync(context);
    }

    private static async Task<(string Name, PartState State)> StateAsync(IHealthPart part, CancellationToken cancellationToken)
    {
        try
        {
            var health = await part.CheckAsync(cancellationToken).WaitAsync(GatewayLimits.HealthCheck, cancellationToken);
            return (part.Name, health.State);
        }
        catch (TimeoutException)
        {
            return (part.Name, PartState.Failed);
        }
    }

    private static string Word(PartState state) => state switch
    {
        PartState.Ok => "ok",
        PartState.Degraded => "degraded",
        _ => "failed",
    };
}
