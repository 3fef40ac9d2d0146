using ChatOps.Diagnostics;
using ChatOps.Identity;
using ChatOps.Mcp.Serving;
using ChatOps.Mcp.Using;
using ChatOps.Outside;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Mcp;

/// <summary>Registers the Model Context Protocol: the tools for MCP clients, and the tools of MCP servers.</summary>
public static class McpRegistration
{
    /// <summary>Where the protocol is served.</summary>
    public const string Path = "/mcp";

    /// <summary>Adds the sessions of MCP clients and the connections to MCP servers.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">The settings.</param>
    /// <param name="publicUrl">The address that people use; null for the one listened on.</param>
    /// <param name="dataDirectory">Where it is kept which definitions were accepted.</param>
    public static IServiceCollection AddMcp(this IServiceCollection services, McpOptions options, Uri? publicUrl, string dataDirectory) => services
        .AddSingleton(s => new ToolPins(dataDirectory, s.GetRequiredService<TimeProvider>()))
        .AddSingleton<OutsideServers>()
        .AddSingleton<IOutsideTools>(s => s.GetRequiredService<OutsideServers>())
        .AddSingleton<IHealthPart>(s => s.GetRequiredService<OutsideServers>())
        .AddHostedService(s => s.GetRequiredService<OutsideServers>())
        .AddSingleton(options)
        .AddSingleton(new OriginCheck(publicUrl))
        .AddSingleton<ToolOffer>()
        .AddSingleton<McpCalls>()
        .AddSingleton<InvocationLook>()
        .AddSingleton<McpServers>()
        .AddSingleton<McpSessions>()
        .AddHostedService(s => s.GetRequiredService<McpSessions>())
        .AddSingleton<McpEndpoint>();

    /// <summary>Maps <see cref="Path"/>.</summary>
    /// <param name="app">Where.</param>
    /// <param name="policy">The authorization policy that demands a token.</param>
    /// <param name="caller">Who calls, by the request's token: the identity, the principal, and why they may not come in this way (null when they may).</param>
    public static void MapMcp(this IEndpointRouteBuilder app, string policy, Func<HttpContext, (Actor Actor, string Principal, string? Refusal)> caller)
    {
        var endpoint = app.ServiceProvider.GetRequiredService<McpEndpoint>();
        RequestDelegate handle = context =>
        {
            var (actor, principal, refusal) = caller(context);
            return refusal is null ? endpoint.HandleAsync(context, actor, principal) : McpEndpoint.RefuseAsync(context, StatusCodes.Status403Forbidden, refusal);
        };
        app.Map(Path, handle).RequireAuthorization(policy).DisableAntiforgery().DisableRequestTimeout();
    }
}
