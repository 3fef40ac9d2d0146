namespace ChatOps.Tools;

/// <summary><c>Web</c>: which addresses of the internet are read without asking.</summary>
public sealed class WebReadingOptions
{
    /// <summary>Most entries.</summary>
    public const int MaxAllowed = 256;

    /// <summary>Hosts that are read without asking: <c>docs.example.org</c>, <c>*.example.org</c>, or <c>*</c> for all. Others ask a person each time: an address can carry data out.</summary>
    public IReadOnlyList<string> Allow { get; set; } = [];

    /// <summary>What is wrong with an entry; null when nothing is.</summary>
    public static string? Check(string entry)
    {
        var host = entry.StartsWith("*.", StringComparison.Ordinal) ? entry[2..] : entry;
        return entry == "*" || Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 ? null : "is no host; write docs.example.org, *.example.org or *.";
    }

    /// <summary>Whether a host is read without asking.</summary>
    internal bool Lists(string host)
    {
        host = host.TrimEnd('.');
        return Allow.Any(a => a == "*" || host.Equals(a, StringComparison.OrdinalIgnoreCase) ||
            (a.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(a[1..], StringComparison.OrdinalIgnoreCase)));
    }
}
