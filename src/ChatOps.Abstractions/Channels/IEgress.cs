namespace ChatOps.Channels;

/// <summary>Guards the addresses that platforms (and people) hand out: loopback, private and link-local ones are not for the gateway to visit, unless Egress:Allow says so.</summary>
public interface IEgress
{
    /// <summary>Whether an address that a platform handed out may be followed: its host is the platform's own, the configured root's, or in Egress:Allow.</summary>
    /// <param name="address">The address.</param>
    /// <param name="platformHosts">The platform's own hosts: <c>slack.com</c> stands for itself and its subdomains.</param>
    /// <param name="root">The configured root (ApiBase).</param>
    bool Allows(Uri address, IReadOnlyList<string> platformHosts, Uri root);

    /// <summary>A handler whose connections reach no loopback, private or link-local address except the host and port of <paramref name="root"/> and what Egress:Allow names. Follows no redirect, adds no header.</summary>
    /// <param name="root">The configured root.</param>
    SocketsHttpHandler CreateHandler(Uri root);
}
