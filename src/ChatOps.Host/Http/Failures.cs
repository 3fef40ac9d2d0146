using System.Text.Json;
using ChatOps.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Host.Http;

/// <summary>Turns exceptions that reach the listener into answers: no stack trace and no inner message leaves.</summary>
internal static class Failures
{
    /// <summary>Adds the outermost handler.</summary>
    public static void UseFailures(this IApplicationBuilder app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        AllowStatusCode404Response = true,
        SuppressDiagnosticsCallback = e => e.Exception is StoreUnavailableException or BadHttpRequestException,
        ExceptionHandler = context => context.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            StoreUnavailableException e => ApiProblem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "store_unavailable", e.Message),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ApiProblem.WriteAsync(
                context, StatusCodes.Status413PayloadTooLarge, "too_large", $"A request may have {GatewayLimits.RequestBodyBytes} bytes."),
            BadHttpRequestException e => ApiProblem.WriteAsync(context, e.StatusCode, "bad_request", "The request cannot be read: check its form and headers."),
            JsonException => ApiProblem.WriteAsync(context, StatusCodes.Status400BadRequest, "bad_json", "The body is not valid JSON."),
            _ => ApiProblem.WriteAsync(
                context, StatusCodes.Status500InternalServerError, "internal", "Something went wrong here; the gateway's log says what."),
        },
    });
}
