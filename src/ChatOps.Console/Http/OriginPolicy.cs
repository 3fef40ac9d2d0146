using System.Net;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Http;

/// <summary>
/// Which names the console answers to, and which pages may change something. A name that an attacker points at this machine is refused
/// (Host), and so is a request that another site's page sends (Origin).
/// </summary>
internal sealed class OriginPolicy(ConsoleOptions options)
{
    /// <summary>Whether the Host header names this console: a loopback name, the very address the request came in on, or the public address.</summary>
    public bool KnowsHost(HttpContext http)
    {
        var host = http.Request.Host;
        if (!host.HasValue) return false;
        if (IsPublic(host)) return true;
        var name = host.Host.Trim('[', ']');
        if (string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase)) return true;
        if (!IPAddress.TryParse(name, out var address)) return false;
        if (IPAddress.IsLoopback(address)) return true;
        var local = http.Connection.LocalIpAddress;
        return local is not null && Same(local, address);
    }

    /// <summary>Whether the request was sent by a page of this console. Absent, <c>null</c> and foreign origins are refused.</summary>
    public bool IsOwnOrigin(HttpRequest request)
    {
        if (request.Headers.Origin is not [{ } origin]) return false;
        if (string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase)) return true;
        return IsPublic(request.Host) && string.Equals(origin, options.PublicUrl!.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
    }

    private bool IsPublic(HostString host) =>
        options.PublicUrl is { } url && string.Equals(url.Authority, host.Value, StringComparison.OrdinalIgnoreCase);

    private static bool Same(IPAddress a, IPAddress b) => (a.IsIPv4MappedToIPv6 ? a.MapToIPv4() : a).Equals(b.IsIPv4MappedToIPv6 ? b.MapToIPv4() : b);
}
