using ChatOps.Gateways;

namespace ChatOps.Host;

/// <summary>Where the gateway listens and keeps its state.</summary>
public sealed class GatewayOptions
{
    /// <summary>The most addresses that <see cref="Urls"/> may hold.</summary>
    public const int MaxUrls = 4;

    /// <summary>Addresses to listen on, separated by <c>;</c>; those with <c>https://</c> need <see cref="Tls"/>. Default <c>http://127.0.0.1:18790</c>; port 0 lets the system choose.</summary>
    public string Urls { get; set; } = "http://127.0.0.1:18790";

    /// <summary>The address that people use, when it is not the one listened on (behind a proxy). Default: none.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>The directory of everything that a running gateway writes. Default <c>~/.chatops</c>.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>
    /// The proxies in front, as addresses or networks separated by commas (<c>10.0.0.5, 10.1.0.0/16</c>): only from them are forwarded
    /// headers believed. Needed to listen without encryption on anything but loopback, because the proxy is what encrypts. Default: none.
    /// </summary>
    public string? TrustedProxy { get; set; }

    /// <summary>What this gateway does, where others on the same store do the rest. Default: everything.</summary>
    public IReadOnlyList<GatewayRole> Roles { get; set; } = GatewayIdentity.AllRoles;

    /// <summary>How many calls of one person, uploads among them, are taken in a minute over the HTTP API, MCP, the command line and the console; default 600.</summary>
    public int CallsPerMinute { get; set; } = 600;

    /// <summary>The same for everybody together; default 6,000.</summary>
    public int CallsPerMinuteInAll { get; set; } = 6_000;

    /// <summary>What people call it in <c>status</c>; null for the machine's name.</summary>
    public string? Name { get; set; }

    /// <summary>The certificate of the <c>https://</c> addresses in <see cref="Urls"/>.</summary>
    public GatewayTlsOptions Tls { get; } = new();
}
