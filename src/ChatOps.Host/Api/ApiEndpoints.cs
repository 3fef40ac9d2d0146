using ChatOps.Host.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatOps.Host.Api;

/// <summary>The HTTP API's addresses. All of them demand a token.</summary>
internal static class ApiEndpoints
{
    /// <summary>Adds what serves them.</summary>
    public static IServiceCollection AddHttpApi(this IServiceCollection services)
    {
        services.AddSingleton<OwnerKey>().AddSingleton<FailedTokens>()
            .AddSingleton<ToolsApi>().AddSingleton<InvocationsApi>().AddSingleton<UploadsApi>().AddSingleton<ChatApi>().AddSingleton<AuditExportApi>().AddSingleton<OnBehalfRecord>().AddSingleton<OpenApiDocument>();
        // The core alone: the usual AddAuthentication brings a key ring that would be written to the home directory, and nothing here needs one.
        services.AddAuthenticationCore(options => options.AddScheme<ApiTokenScheme>(ApiTokenScheme.Name, null));
        services.AddTransient<ApiTokenScheme>();
        services.TryAddSingleton(System.Text.Encodings.Web.UrlEncoder.Default);
        services.AddAuthorizationBuilder().AddPolicy(ApiTokenScheme.Name, policy => policy
            .AddAuthenticationSchemes(ApiTokenScheme.Name).RequireAuthenticatedUser());
        return services;
    }

    /// <summary>Maps them.</summary>
    public static void MapHttpApi(this IEndpointRouteBuilder app)
    {
        var tools = app.ServiceProvider.GetRequiredService<ToolsApi>();
        var invocations = app.ServiceProvider.GetRequiredService<InvocationsApi>();
        var uploads = app.ServiceProvider.GetRequiredService<UploadsApi>();
        var chat = app.ServiceProvider.GetRequiredService<ChatApi>();
        var export = app.ServiceProvider.GetRequiredService<AuditExportApi>();
        var document = app.ServiceProvider.GetRequiredService<OpenApiDocument>();

        var api = app.MapGroup("").RequireAuthorization(ApiTokenScheme.Name).DisableAntiforgery();
        api.MapGet("/openapi.json", Handle(document.Get));
        api.MapGet("/api/tools", Handle(tools.List));
        // A tool has its own timeout, and a chat's events have no end.
        api.MapPost("/api/tools/{name}", Handle(tools.InvokeAsync)).DisableRequestTimeout();
        api.MapGet("/api/invocations/{id}", Handle(invocations.FindAsync));
        api.MapGet("/api/files/{id}", Handle(invocations.FileAsync)).DisableRequestTimeout();
        api.MapPost("/api/uploads", Handle(uploads.PostAsync)).DisableRequestTimeout();
        api.MapGet("/api/audit/export", Handle(export.ExportAsync)).DisableRequestTimeout();
        api.MapPost("/api/chat/messages", Handle(chat.PostAsync));
        api.MapGet("/api/chat/{conversation}/events", Handle(chat.EventsAsync)).DisableRequestTimeout();
        api.MapMethods("/api/{**rest}", ["GET", "POST", "PUT", "PATCH", "DELETE"], Handle(_ =>
            ApiProblem.Result(StatusCodes.Status404NotFound, "not_found", "There is no such address; /openapi.json lists them all.")));
    }

    // Plain request delegates: binding parameters by reflection would cost a good part of the start-up time.
    private static RequestDelegate Handle(Func<HttpContext, Task<IResult>> handler) => async context => await (await handler(context)).ExecuteAsync(context);

    private static RequestDelegate Handle(Func<HttpContext, IResult> handler) => context => handler(context).ExecuteAsync(context);
}
