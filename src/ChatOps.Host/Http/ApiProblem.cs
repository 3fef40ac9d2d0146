using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Host.Http;

/// <summary>How the HTTP API says no: a stable code for programs and a sentence for people.</summary>
internal static class ApiProblem
{
    /// <summary>Answers with a problem.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">For programs.</param>
    /// <param name="message">For people.</param>
    /// <param name="retryAfter">When to come again, where that helps.</param>
    public static async Task WriteAsync(HttpContext context, int status, string code, string message, TimeSpan? retryAfter = null)
    {
        if (retryAfter is { } wait) context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
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
    public static IResult Result(int status, string code, string message, TimeSpan? retryAfter = null) => new Answer(status, code, message, retryAfter);

    private sealed class Answer(int status, string code, string message, TimeSpan? retryAfter) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, status, code, message, retryAfter);
    }
}
