using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Authentication;

/// <summary>The session's cookie: HttpOnly, SameSite=Strict, and over https Secure with the __Host- prefix.</summary>
internal sealed class SessionCookie(ConsoleOptions options)
{
    private const string PlainName = "chatops-session";
    private const string SecureName = "__Host-chatops-session";

    public string? Read(HttpRequest request) => request.Cookies[Name(request)];

    public void Write(HttpContext http, string secret) =>
        http.Response.Cookies.Append(Name(http.Request), secret, Shape(http.Request, options.SessionMax));

    public void Clear(HttpContext http) => http.Response.Cookies.Delete(Name(http.Request), Shape(http.Request, null));

    private static CookieOptions Shape(HttpRequest request, TimeSpan? maxAge) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, Path = "/", MaxAge = maxAge, IsEssential = true,
    };

    private static string Name(HttpRequest request) => request.IsHttps ? SecureName : PlainName;
}
