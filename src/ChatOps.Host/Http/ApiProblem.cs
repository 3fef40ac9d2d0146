using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Host.Http;

/// <summary>How the HTTP API says no: a stable code for programs and a sentence for people.</summary>
internal static class ApiProblem
{
    /// <summary>Answers with a problem.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        context.Response.Headers.CacheControl = "no-store";
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("status", status);
            writer.WriteString("code", code);
            writer.WriteString("message", message);
            writer.WriteEndObject();
        }

        await context.Response.Body.WriteAsync(buffer.ToArray(), context.RequestAborted);
    }

    /// <summary>The same as a result of an endpoint.</summary>
    public static IResult Result(int status, string code, string message) => new Answer(status, code, message);

    private sealed class Answer(int status, string code, string message) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, status, code, message);
    }
}
