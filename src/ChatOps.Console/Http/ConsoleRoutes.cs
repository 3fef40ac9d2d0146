using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatOps.Console.Http;

/// <summary>Maps addresses so that every one of them passes the guard: an area cannot forget it.</summary>
internal sealed class ConsoleRoutes(IEndpointRouteBuilder endpoints, RequestGuard guard)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public void Get(string pattern, Func<ConsoleRequest, Task<IResult>> handler) =>
        endpoints.MapGet(pattern, http => guard.RunAsync(http, changes: false, handler));

    /// <summary>A state change: only from a page of this console.</summary>
    public void Post(string pattern, Func<ConsoleRequest, Task<IResult>> handler) =>
        endpoints.MapPost(pattern, http => guard.RunAsync(http, changes: true, handler));

    /// <summary>Without a session: sign-in and static files only.</summary>
    public void GetAnonymous(string pattern, Func<HttpContext, Task<IResult>> handler) =>
        endpoints.MapGet(pattern, http => guard.RunAnonymousAsync(http, handler));

    /// <summary>A WebSocket: origin and session are checked before the upgrade.</summary>
    public void Socket(string pattern, Func<ConsoleRequest, Task<IResult>> handler)
    {
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets(new WebSocketOptions { KeepAliveInterval = KeepAlive });
        pipeline.Run(http => guard.RunAsync(http, changes: true, handler));
        endpoints.Map(pattern, pipeline.Build());
    }
}
