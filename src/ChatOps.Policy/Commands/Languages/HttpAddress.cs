using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace ChatOps.Policy.Commands.Languages;

/// <summary>Decides whether an address may be contacted without a decision: no credentials, and no metadata service of a cloud.</summary>
internal static class HttpAddress
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private static readonly string[] MetadataNames = ["metadata", "instance-data", "metadata.google.internal", "metadata.goog", "instance-data.ec2.internal"];

    private static readonly IPAddress[] MetadataAddresses =
    [
        IPAddress.Parse("100.100.100.200"), IPAddress.Parse("192.0.0.192"), IPAddress.Parse("168.63.129.16"), IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("fd20:ce::254"),
    ];

    /// <summary>Why fetching the address asks; null when it does not.</summary>
    public static string? Problem(string text)
    {
        foreach (var c in text)
            if (c is <= ' ' or > '~' or '\\' or '{' or '}' or '<' or '>' or '"' or '`' or '^') return "the address has characters that are not expected in one";
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (scheme >= 0 && scheme < slash && text[..scheme].ToLowerInvariant() is not ("http" or "https")) return "only http and https addresses only read";
        var rest = scheme >= 0 && scheme < slash ? text[(scheme + 3)..] : text;
        var end = rest.AsSpan().IndexOfAny('/', '?', '#');
        var authority = end < 0 ? rest : rest[..end];
        if (end >= 0 && rest.AsSpan(end).IndexOfAny('[', ']') >= 0) return "the address uses […], which stands for many addresses";
        var slashed = rest.IndexOf('/', StringComparison.Ordinal); // old clients end the authority at a slash alone
        if (rest.AsSpan(0, slashed < 0 ? rest.Length : slashed).Contains('@')) return "the address holds credentials";
        var host = authority;
        if (host.StartsWith('['))
        {
            var close = host.IndexOf(']', StringComparison.Ordinal);
            if (close < 0) return "the address cannot be read";
            host = host[1..close];
        }
        else if (host.LastIndexOf(':') is >= 0 and var colon)
        {
            // "http:/host" is a host to curl: a colon without a port never passes
            if (colon == host.Length - 1 || host.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') >= 0) return "the address cannot be read";
            host = host[..colon];
        }

        if (scheme < 0 && StartsLikeAnotherProtocol(host)) return "the protocol is not certain without http:// in front";
        return HostProblem(host);
    }

    /// <summary>Why contacting the host asks; null when it does not.</summary>
    public static string? HostProblem(string host)
    {
        var name = host.TrimEnd('.').ToLowerInvariant();
        if (name.Length is 0 or > 253 + 2) return "the host is missing or too long";
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_' or ':')) return "the host has characters that are not expected in one";
        if (Array.IndexOf(MetadataNames, name) >= 0 || name.Contains("169.254", StringComparison.Ordinal) || name.Contains("169-254", StringComparison.Ordinal)
            || name.Contains("a9fe", StringComparison.Ordinal) || name.EndsWith(".metadata.google.internal", StringComparison.Ordinal))
            return "the address is a metadata service, which hands out credentials";
        if (name.Contains(':', StringComparison.Ordinal)) return IPAddress.TryParse(name, out var six) ? AddressProblem(six) : "the address cannot be read";
        var labels = name.Split('.');
        if (!labels.All(l => l.Length > 0 && (l.All(char.IsAsciiDigit) || (l.StartsWith("0x", StringComparison.Ordinal) && l.AsSpan(2).IndexOfAnyExcept(HexDigits) < 0)))) return null;

        // all numbers: the four decimal ones that everybody reads alike, or nothing
        if (labels.Length != 4 || labels.Any(l => l.Length > 3 || (l.Length > 1 && l[0] == '0') || !byte.TryParse(l, out _)))
            return "the address is a number in an unusual form";
        return AddressProblem(IPAddress.Parse(name));
    }

    private static string? AddressProblem(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        var linkLocal = address.AddressFamily == AddressFamily.InterNetwork ? bytes[0] == 169 && bytes[1] == 254 : address.IsIPv6LinkLocal;
        if (linkLocal || Array.Exists(MetadataAddresses, address.Equals)) return "the address is a metadata service, which hands out credentials";

        // the other ways to carry an IPv4 address inside an IPv6 one (compatible, NAT64, 6to4)
        var embeds = address.AddressFamily == AddressFamily.InterNetworkV6
            && ((bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0 && !IPAddress.IsLoopback(address) && !address.Equals(IPAddress.IPv6Any))
                || (bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == 0xff && bytes[3] == 0x9b) || (bytes[0] == 0x20 && bytes[1] == 0x02));
        return embeds ? "the address is in an unusual form" : null;
    }

    private static bool StartsLikeAnotherProtocol(string host) =>
        host.StartsWith("ftp", StringComparison.OrdinalIgnoreCase) || host.StartsWith("dict", StringComparison.OrdinalIgnoreCase)
        || host.StartsWith("ldap", StringComparison.OrdinalIgnoreCase) || host.StartsWith("imap", StringComparison.OrdinalIgnoreCase)
        || host.StartsWith("smtp", StringComparison.OrdinalIgnoreCase) || host.StartsWith("pop3", StringComparison.OrdinalIgnoreCase)
        || host.Length == 0;
}
