using Microsoft.AspNetCore.Http;

namespace ChatOps.Mcp.Serving;

/// <summary>
/// Against pages that a name leads here (DNS rebinding): programs send no Origin, and a browser always does. Only the gateway's own pages may call; a Host header that
/// is not the gateway's never comes so far.
/// </summary>
/// <param name="publicUrl">The address that people use; null for the one listened on.</param>
internal sealed class OriginCheck(Uri? publicUrl)
{
    /// <summary>Whether a request may go on.</summary>
    public bool Allows(HttpRequest request)
    {
        if (request.Headers.Origin.Count == 0) return true;
        if (request.Headers.Origin is not [{ } text] || !Uri.TryCreate(text, UriKind.Absolute, out var origin)) return false;
        if (publicUrl is not null && SameOrigin(origin, publicUrl)) return true;
        return Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own) && SameOrigin(origin, own) && (own.IsLoopback || publicUrl is null);
    }

    private static bool SameOrigin(Uri one, Uri other) => Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}
