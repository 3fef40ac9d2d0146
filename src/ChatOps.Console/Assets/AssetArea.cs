using ChatOps.Console.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ChatOps.Console.Assets;

/// <summary>Serves the static files. They hold nothing about anybody, so they need no session.</summary>
internal sealed class AssetArea(AssetStore assets, NoticePages notices) : IConsoleArea
{
    private const string ForEver = "public, max-age=31536000, immutable";

    public void Map(ConsoleRoutes routes)
    {
        routes.GetAnonymous(AssetStore.Prefix + "{version}/{name}", ServeAsync);
        routes.GetAnonymous("/favicon.ico", _ => Task.FromResult(Results.Redirect(assets.Root + "/icon.svg")));
    }

    private async Task<IResult> ServeAsync(HttpContext http)
    {
        if (assets.Find((string)http.Request.RouteValues["name"]!) is not { } asset) return await notices.NotFoundAsync(http, "There is no such file.");
        // A page of an older version gets the current file, but must ask again next time.
        var current = assets.Root == AssetStore.Prefix + (string)http.Request.RouteValues["version"]!;
        http.Response.Headers.CacheControl = current ? ForEver : "no-cache";
        return Results.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue(asset.ETag));
    }
}
