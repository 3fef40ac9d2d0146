using ChatOps.Fleet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Host.Http;

/// <summary><c>/relay</c>: where nodes connect. They prove their key inside the connection; nothing of HTTP makes anybody a node.</summary>
internal static class RelayEndpoint
{
    /// <summary>Maps it.</summary>
    public static void MapRelay(this IEndpointRouteBuilder app)
    {
        var relay = app.ServiceProvider.GetRequiredService<IRelay>();
        var stopping = app.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        app.MapGet("/relay", async context =>
        {
            // A page in a browser has no business here, and a browser always says where it comes from.
            if (!context.WebSockets.IsWebSocketRequest || !context.WebSockets.WebSocketRequestedProtocols.Contains(IRelay.SubProtocol) || context.Request.Headers.Origin.Count > 0)
            {
                await ApiProblem.Result(StatusCodes.Status400BadRequest, "not_a_node", "Only the daemon of a node connects here: chatops node --relay URL --join TOKEN").ExecuteAsync(context);
                return;
            }

            // The relay's own heartbeat does the asking.
            using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = IRelay.SubProtocol, KeepAliveInterval = TimeSpan.Zero });
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
            await relay.ServeAsync(socket, context.Connection.RemoteIpAddress?.ToString() ?? "", ending.Token);
        }).AllowAnonymous().DisableRequestTimeout();
    }
}
