using ChatOps.Console.Authentication;
using ChatOps.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChatOps.Console.Http;

/// <summary>What every request passes, in this order: headers, host, origin, size, session.</summary>
internal sealed class RequestGuard(Sessions sessions, SessionCookie cookie, OriginPolicy origins, NoticePages notices, ConsoleOptions options)
{
    public async Task RunAsync(HttpContext http, bool changes, Func<ConsoleRequest, Task<IResult>> handler)
    {
        await RunAnonymousAsync(http, async _ =>
        {
            if (changes && !origins.IsOwnOrigin(http.Request)) return await notices.ForeignOriginAsync(http);
            var secret = cookie.Read(http.Request);
            var who = secret is null ? null : await sessions.FindAsync(secret, http.RequestAborted);
            if (who is null) return await notices.SignInAsync(http, SignInTrouble.None);
            return await handler(new ConsoleRequest(http, who));
        });
    }

    public async Task RunAnonymousAsync(HttpContext http, Func<HttpContext, Task<IResult>> handler)
    {
        SecurityHeaders.Apply(http.Response);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = options.MaxBodyBytes;
        IResult result;
        try
        {
            result = origins.KnowsHost(http) ? await handler(http) : await notices.UnknownHostAsync(http);
        }
        catch (StoreUnavailableException e)
        {
            result = await notices.UnavailableAsync(http, e.Message);
        }

        if (!http.Response.HasStarted) await result.ExecuteAsync(http);
    }
}
