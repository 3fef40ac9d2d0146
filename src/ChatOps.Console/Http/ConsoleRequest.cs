using ChatOps.Console.Authentication;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Http;

/// <summary>A request of a signed-in person that passed the guard.</summary>
internal sealed record ConsoleRequest(HttpContext Http, SignedIn Who)
{
    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>A query value, trimmed; null when absent or empty.</summary>
    public string? Query(string name) => Http.Request.Query[name] is [{ } value] && value.Trim() is { Length: > 0 } text ? text : null;

    public string Route(string name) => (string?)Http.Request.RouteValues[name] ?? "";

    /// <summary>The body as JSON; null when it is not the expected object or larger than allowed.</summary>
    public async Task<T?> ReadJsonAsync<T>() where T : class
    {
        try
        {
            return await Http.Request.ReadFromJsonAsync<T>(Json.Options, Aborted);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or BadHttpRequestException or InvalidOperationException)
        {
            return null;
        }
    }
}
