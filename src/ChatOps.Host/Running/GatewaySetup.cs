using ChatOps.Gateways;

namespace ChatOps.Host;

/// <summary>What a gateway is started with.</summary>
/// <param name="Mode">How long it lives.</param>
/// <param name="Options">Settings.</param>
/// <param name="Places">Where the operator's files are.</param>
/// <param name="DataDirectory">Where the gateway's own files are.</param>
internal sealed record GatewaySetup(GatewayMode Mode, ChatOpsOptions Options, GatewayPlaces Places, string DataDirectory)
{
    /// <summary>Where it listens.</summary>
    public IReadOnlyList<ListenAddress> Listen { get; } = Mode == GatewayMode.Command
        ? [new ListenAddress("127.0.0.1", System.Net.IPAddress.Loopback, 0)]
        : WithOwn(ListenAddress.Parse(Options.Gateway.Urls));

    /// <summary>Whether it does this part of the work; a command's own gateway does what comes up in its moments.</summary>
    public bool Does(GatewayRole role) => Mode == GatewayMode.Command || Options.Gateway.Roles.Contains(role);

    /// <summary>Whether more is logged.</summary>
    public bool Verbose { get; init; }

    // The command line of this machine speaks without a certificate's name to check, so there is always a plain way in from here.
    private static IReadOnlyList<ListenAddress> WithOwn(IReadOnlyList<ListenAddress> addresses) =>
        addresses.All(a => a.Encrypted) ? [.. addresses, new ListenAddress("127.0.0.1", System.Net.IPAddress.Loopback, 0)] : addresses;
}
