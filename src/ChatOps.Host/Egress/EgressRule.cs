using System.Globalization;
using System.Net;

namespace ChatOps.Host;

/// <summary>An exception: a host, a host with a port, an address, or a network.</summary>
/// <param name="Host">Host name in lower case; null for a network.</param>
/// <param name="Port">The only port; null for any.</param>
/// <param name="Network">The network; null for a host.</param>
internal sealed record EgressRule(string? Host, int? Port, IPNetwork? Network)
{
    /// <summary>Reads one.</summary>
    public static bool TryParse(string text, out EgressRule rule)
    {
        rule = new EgressRule(null, null, null);
        text = text.Trim();
        if (IPNetwork.TryParse(text, out var network)) rule = new(null, null, network);
        else if (IPAddress.TryParse(text, out var address)) rule = new(null, null, new IPNetwork(address, address.GetAddressBytes().Length * 8));
        else if (Uri.CheckHostName(text) == UriHostNameType.Dns) rule = new(text.ToLowerInvariant(), null, null);
        else if (text.LastIndexOf(':') is var colon and > 0 && TryPort(text[(colon + 1)..], out var port) && TryParse(text[..colon], out var of) && (of.Network is null || text[..colon] is [.., not ']'] && !text[..colon].Contains('/', StringComparison.Ordinal)))
            rule = of with { Port = port };
        return rule.Host is not null || rule.Network is not null;
    }

    /// <summary>Whether a connection to an address of a host falls under it.</summary>
    public bool Covers(string host, int port, IPAddress? address) =>
        (Port is null || Port == port) && (Host is not null ? Host.Equals(host, StringComparison.OrdinalIgnoreCase) : address is not null && Network!.Value.Contains(Unmapped(address)));

    /// <summary>An IPv4 address that is written as IPv6, as IPv4; others as they are.</summary>
    public static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool TryPort(string text, out int port) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535;
}
