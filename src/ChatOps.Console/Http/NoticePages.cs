using ChatOps.Console.Authentication;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Http;

/// <summary>Answers instead of a page: sign in, refused, not there, not now. A page for people, JSON for scripts.</summary>
internal sealed class NoticePages(ConsoleRenderer renderer, ConsoleOptions options)
{
    public async Task<IResult> SignInAsync(HttpContext http, SignInTrouble trouble)
    {
        var status = trouble == SignInTrouble.TooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized;
        if (!WantsPage(http)) return Problem(status, "You are not signed in (any more). Reload the page to sign in.");
        var minutes = (int)options.SignInLinkLifetime.TotalMinutes;
        return Results.Content(
            await renderer.RenderAsync<SignInPage>(new() { [nameof(SignInPage.Trouble)] = trouble, [nameof(SignInPage.Minutes)] = minutes, [nameof(SignInPage.Theme)] = Theme.Of(http.Request) }),
            ConsoleRenderer.Html, statusCode: status);
    }

    public Task<IResult> ForeignOriginAsync(HttpContext http) =>
        NoticeAsync(http, StatusCodes.Status403Forbidden, "Refused", "This request was not sent by a page of this console, so nothing was done.");

    public Task<IResult> UnknownHostAsync(HttpContext http) =>
        NoticeAsync(http, StatusCodes.Status421MisdirectedRequest, "Not under this name",
            "The console does not answer under this host name. Open it by its own address, or set Gateway:PublicUrl to the name you use.");

    public Task<IResult> UnavailableAsync(HttpContext http, string reason) =>
        NoticeAsync(http, StatusCodes.Status503ServiceUnavailable, "Not now", reason);

    public Task<IResult> NotFoundAsync(HttpContext http, string what) => NoticeAsync(http, StatusCodes.Status404NotFound, "Not there", what);

    /// <summary>A refusal by access rules, inside the console's frame where there is one.</summary>
    public Task<IResult> NotAllowedAsync(HttpContext http, string reason) => NoticeAsync(http, StatusCodes.Status403Forbidden, "Not allowed", reason);

    public static IResult Problem(int status, string message) => Results.Json(new ActionAnswer(false, message), Tools.Json.Options, statusCode: status);

    private async Task<IResult> NoticeAsync(HttpContext http, int status, string title, string text)
    {
        if (!WantsPage(http)) return Problem(status, text);
        return Results.Content(
            await renderer.RenderAsync<NoticePage>(new() { [nameof(NoticePage.Title)] = title, [nameof(NoticePage.Text)] = text, [nameof(NoticePage.Theme)] = Theme.Of(http.Request) }),
            ConsoleRenderer.Html, statusCode: status);
    }

    private static bool WantsPage(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && !http.WebSockets.IsWebSocketRequest && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
