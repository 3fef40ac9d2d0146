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
        var parts = app.ServiceProvider.GetRequiredService<PartsHealth>();
        app.MapGet("/health/live", context => new JsonAnswer(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("state", "ok");
            writer.WriteEndObject();
        }).ExecuteAsync(context)).AllowAnonymous();

        app.MapGet("/health/ready", context => ReadyAsync(parts, context)).AllowAnonymous();
    }

    private static async Task ReadyAsync(PartsHealth parts, HttpContext context)
    {
        var states = await parts.CheckAsync(context.RequestAborted);
        var worst = states.Select(s => s.Health.State).DefaultIfEmpty(PartState.Ok).Max();
        var status = worst == PartState.Failed ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        await new JsonAnswer(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("state", Word(worst));
            writer.WriteStartObject("parts");
            foreach (var (name, health) in states) writer.WriteString(name, Word(health.State));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }, status).ExecuteAsync(context);
    }

    private static string Word(PartState state) => state switch
    {
        PartState.Ok => "ok",
        PartState.Degraded => "degraded",
        _ => "failed",
    };
}
