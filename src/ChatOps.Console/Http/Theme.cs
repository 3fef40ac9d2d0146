using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Http;

/// <summary>The colour theme a person chose; a cookie, so that the first paint is right already.</summary>
internal static class Theme
{
    private const string Cookie = "chatops-theme";

    public static string Of(HttpRequest request) => request.Cookies[Cookie] is "dark" or "light" ? request.Cookies[Cookie]! : "auto";
}
