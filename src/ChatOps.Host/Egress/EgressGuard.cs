using System.Net;
using System.Net.Sockets;
using ChatOps.Channels;

namespace ChatOps.Host;

/// <summary>
/// Checks where a connection goes at the moment it is made, against the resolved addresses and not the name: a name that leads elsewhere on the second look gains nothing.
/// </summary>
/// <param name="options">The exceptions.</param>
internal sealed class EgressGuard(EgressOptions options) : IEgress
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    // A service that moves is found again, without an idle connection being thrown away each time.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly EgressRule[] rules = [.. options.Allow.Select(text => EgressRule.TryParse(text, out var rule) ? rule : throw new ArgumentException($"Egress:Allow: '{text}' is none.", nameof(options)))];

    public bool Allows(Uri address, IReadOnlyList<string> platformHosts, Uri root)
    {
        if (!address.IsAbsoluteUri || address.UserInfo.Length > 0) return false;
        var encrypted = address.Scheme is "https" or "wss";
        if (!encrypted && address.Scheme is not ("http" or "ws")) return false;
        var host = address.Host.TrimEnd('.');
        // What the operator reaches encrypted is not followed in the clear because a platform says so.
        if (IsRoot(host, address.Port, root) && (encrypted || root.Scheme is "http" or "ws")) return true;
        var literal = IPAddress.TryParse(host.Trim('[', ']'), out var ip) ? ip : null;
        if (rules.Any(r => r.Covers(host, address.Port, literal))) return true;
        return encrypted && platformHosts.Any(h => host.Equals(h, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + h, StringComparison.OrdinalIgnoreCase));
    }

    public SocketsHttpHandler CreateHandler(Uri root) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = ConnectLimit,
        PooledConnectionLifetime = ConnectionLifetime,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, root, cancellationToken),
    };

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, Uri root, CancellationToken cancellationToken)
    {
        var found = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var open = found.Where(a => IsRoot(target.Host, target.Port, root) || !InternalAddresses.Contains(a) || rules.Any(r => r.Covers(target.Host, target.Port, a))).ToArray();
        if (open.Length == 0)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError,
                $"{target.Host} leads to an address of this machine or of a private network, and the gateway does not go there. If it should, add {target.Host}:{target.Port} to Egress:Allow.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsRoot(string host, int port, Uri root) => host.Equals(root.Host, StringComparison.OrdinalIgnoreCase) && port == root.Port;
}
