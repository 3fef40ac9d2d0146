using System.Net;

namespace ChatOps.Host;

/// <summary>The networks that a trusted proxy may speak from.</summary>
internal static class ProxyNetworks
{
    /// <summary>What is wrong with a list, or null.</summary>
    public static string? Check(string value)
    {
        var parts = Parts(value);
        if (parts.Length == 0) return "must name at least one address or network.";
        foreach (var part in parts)
        {
            if (!TryParse(part, out var network)) return $"'{part}' is not an address or network such as 10.0.0.5 or 10.1.0.0/16.";
            if (network.PrefixLength == 0) return $"'{part}' is everybody: name the proxy.";
        }

        return null;
    }

    /// <summary>Reads a list that was checked; null or empty gives none.</summary>
    public static IReadOnlyList<IPNetwork> Parse(string? value) =>
        value is null ? [] : [.. Parts(value).Select(p => TryParse(p, out var network) ? network : throw new FormatException(p))];

    private static string[] Parts(string value) => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool TryParse(string part, out IPNetwork network)
    {
        if (IPNetwork.TryParse(part, out network)) return true;
        if (!IPAddress.TryParse(part, out var address)) return false;
        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
