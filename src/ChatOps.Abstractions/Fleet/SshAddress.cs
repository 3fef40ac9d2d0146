using System.Globalization;

namespace ChatOps.Fleet;

/// <summary>How the system's OpenSSH client reaches a machine. What it does not say, the user's ssh configuration says.</summary>
/// <param name="Destination"><c>user@host</c>, a host, or a name from the ssh configuration.</param>
/// <param name="Port">The port, when neither the standard one nor that of the configuration.</param>
/// <param name="Identity">Absolute path of the private key's file on the gateway's machine, when not that of the configuration or the agent.</param>
/// <param name="Jump">A bastion to go through, <c>user@host:port</c>, when the configuration does not say it.</param>
public sealed record SshAddress(string Destination, int? Port, string? Identity, string? Jump)
{
    /// <summary>The address for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Destination}{(Port is null ? "" : $" port {Port}")}{(Jump is null ? "" : $" over {Jump}")}");
}
