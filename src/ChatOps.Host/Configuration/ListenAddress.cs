using System.Globalization;
using System.Net;

namespace ChatOps.Host;

/// <summary>One address to listen on.</summary>
/// <param name="Host">As written: <c>127.0.0.1</c>, <c>localhost</c>, <c>[::1]</c>, <c>0.0.0.0</c>.</param>
/// <param name="Address">The address to bind.</param>
/// <param name="Port">0 lets the system choose.</param>
/// <param name="Encrypted">Whether the gateway itself speaks TLS there.</param>
internal sealed record ListenAddress(string Host, IPAddress Address, int Port, bool Encrypted = false)
{
    /// <summary>Whether it stands for all addresses of the machine, which is nothing that anybody could type.</summary>
    public bool IsWildcard => Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any);

    /// <summary>Whether others can reach it and would speak in the open.</summary>
    public bool IsOpen => !IsLoopback && !Encrypted;

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>As a URL.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Encrypted ? "https" : "http")}://{Host}:{Port}");

    /// <summary>What is wrong with a list of addresses, or null.</summary>
    public static string? Check(string urls) => TryParse(urls, out _, out var problem) ? null : problem;

    /// <summary>Reads a list that was checked.</summary>
    public static IReadOnlyList<ListenAddress> Parse(string urls) =>
        TryParse(urls, out var addresses, out var problem) ? addresses : throw new FormatException(problem);

    private static bool TryParse(string urls, out List<ListenAddress> addresses, out string? problem)
    {
        addresses = [];
        problem = null;
        foreach (var part in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(part, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
                problem = $"'{part}' is not an address such as http://127.0.0.1:18790.";
            else if (uri.Host == "localhost")
                addresses.Add(new(uri.Host, IPAddress.Loopback, uri.Port, uri.Scheme == "https"));
            else if (IPAddress.TryParse(uri.Host, out var address))
                addresses.Add(new(uri.Host, address, uri.Port, uri.Scheme == "https"));
            else
                problem = $"'{part}': give an IP address or localhost; a name may mean another address tomorrow.";
            if (problem is not null) return false;
        }

        if (addresses.Count is 0 or > GatewayOptions.MaxUrls) problem = $"give 1 to {GatewayOptions.MaxUrls} addresses, separated by ';'.";
        return problem is null;
    }
}
