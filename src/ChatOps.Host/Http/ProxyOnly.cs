using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Host.Http;

/// <summary>Lets in this machine, the trusted proxy, and who speaks TLS with the gateway itself: anybody else would speak unencrypted.</summary>
internal static class ProxyOnly
{
    /// <summary>Adds the check; it must stand before forwarded headers replace the peer's address.</summary>
    public static void UseProxyOnly(this IApplicationBuilder app, string? trustedProxy)
    {
        var networks = ProxyNetworks.Parse(trustedProxy);
        app.Use(async (context, next) =>
        {
            if (context.Request.IsHttps || Admits(context.Connection.RemoteIpAddress, networks))
            {
                await next(context);
                return;
            }

            await ApiProblem.WriteAsync(context, StatusCodes.Status403Forbidden, "not_through_proxy",
                "This gateway is reached through its proxy; connect to the proxy's address.");
        });
    }

    /// <summary>Whether a peer may connect.</summary>
    public static bool Admits(IPAddress? peer, IReadOnlyList<IPNetwork> networks)
    {
        if (peer is null) return false;
        if (peer.IsIPv4MappedToIPv6) peer = peer.MapToIPv4();
        return IPAddress.IsLoopback(peer) || networks.Any(n => n.Contains(peer));
    }
}
