using ChatOps.Console.Http;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Authentication;

/// <summary>In by a one-time link, out by a button.</summary>
internal sealed class SignInArea(
    Sessions sessions, SessionCookie cookie, SignInLimiter limiter, NoticePages notices, ConsoleRenderer renderer) : IConsoleArea
{
    // Longer than any code of ours; longer ones are not even hashed.
    private const int MaxCodeLength = 128;

    public void Map(ConsoleRoutes routes)
    {
        routes.GetAnonymous(SignInLinks.Path, SignInAsync);
        routes.Post("/sign-out", SignOutAsync);
    }

    private async Task<IResult> SignInAsync(HttpContext http)
    {
        // A browser that only guesses what will be opened must not use up the link.
        if (http.Request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase))
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (http.Request.Query["code"] is not [{ Length: > 0 and <= MaxCodeLength } code]) return await notices.SignInAsync(http, SignInTrouble.None);

        var from = http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        if (!limiter.MayTry(from)) return await notices.SignInAsync(http, SignInTrouble.TooMany);
        var secret = await sessions.OpenAsync(code, from, http.RequestAborted);
        if (secret is null)
        {
            limiter.Failed(from);
            return await notices.SignInAsync(http, SignInTrouble.LinkSpent);
        }

        cookie.Write(http, secret);
        // A redirect that began on another site carries no SameSite=Strict cookie; a page of our own that goes on does.
        return http.Request.Headers["Sec-Fetch-Site"] == "cross-site"
            ? Results.Content(await renderer.RenderAsync<SignedInPage>([]), ConsoleRenderer.Html)
            : Results.Redirect("/");
    }

    private async Task<IResult> SignOutAsync(ConsoleRequest request)
    {
        await sessions.CloseAsync(request.Who, request.Aborted);
        cookie.Clear(request.Http);
        return Results.Json(new ActionAnswer(true, "Signed out.", "/"), Tools.Json.Options);
    }
}
