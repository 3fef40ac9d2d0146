using System.Net;

namespace ChatOps.Node.Connection;

/// <summary>Where a relay may be.</summary>
internal static class RelayAddress
{
    private const string DefaultPath = "/relay";

    /// <summary>Why an address cannot be used; <see langword="null"/> when it can.</summary>
    public static string? Problem(Uri relay) =>
        relay.Scheme == Uri.UriSchemeWss ? null
        : relay.Scheme != Uri.UriSchemeWs ? $"'{relay}' is no relay's address; it begins with wss:// (or ws:// on this machine)."
        : IsLoopback(relay) ? null
        : $"{relay} is not encrypted, and that is accepted on this machine's own addresses only. Use wss://.";

    /// <summary>The address with its path.</summary>
    public static Uri Complete(Uri relay) => relay.AbsolutePath is "" or "/" ? new UriBuilder(relay) { Path = DefaultPath }.Uri : relay;

    private static bool IsLoopback(Uri relay) =>
        relay.IdnHost == "localhost" || (IPAddress.TryParse(relay.IdnHost.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
