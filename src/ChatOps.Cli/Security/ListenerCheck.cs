using System.Runtime.CompilerServices;
using ChatOps.Cli.Doctor;
using ChatOps.Host;

namespace ChatOps.Cli.Security;

/// <summary>Who can reach the listener, and who is believed to be the proxy.</summary>
internal sealed class ListenerCheck : ISecurityCheck
{
    private const int NarrowIPv4 = 24;
    private const int NarrowIPv6 = 64;

    public IReadOnlyList<string> Ids { get; } = ["listener.private", "listener.behind-proxy", "listener.wide-proxy"];

    public async IAsyncEnumerable<SecurityFinding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var gateway = patient.Settings.Options.Gateway;
        var open = ListenAddress.Parse(gateway.Urls).Where(a => a.IsOpen).ToList();
        yield return open.Count == 0
            ? new("listener.private", Severity.Ok, $"Nothing is reached from other machines without encryption ({gateway.Urls}).")
            : new("listener.behind-proxy", Severity.Note, $"{string.Join(", ", open)} speaks in the open to {gateway.TrustedProxy}, and refuses everybody else.", "Let a firewall allow nobody but that proxy, or give the gateway a certificate (Gateway:Tls).");
        if (ProxyNetworks.Parse(gateway.TrustedProxy).Where(n => n.PrefixLength < (n.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? NarrowIPv4 : NarrowIPv6)).ToList() is { Count: > 0 } wide)
            yield return new("listener.wide-proxy", Severity.Warning, $"Gateway:TrustedProxy believes {string.Join(", ", wide)}: every machine there may say whom it speaks for.", "Name the proxy's own address.");
    }
}
