using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChatOps.Checks.Files;
using ChatOps.Checks.States;

namespace ChatOps.Checks.Probes;

/// <summary>Whether a port takes connections, and whether a name is known. Nothing is sent and nothing is read, so internal addresses need no exception.</summary>
internal sealed class NetworkProbe(GatewayTargets targets, TimeProvider time) : IProbe
{
    public bool Takes(CheckDefinition check) => check.Kind is CheckKind.Tcp or CheckKind.Dns;

    public Task<IReadOnlyList<Observation>> LookAsync(CheckDefinition check, CancellationToken cancellationToken) => targets.LookAsync(
        check,
        (target, name, stop) => check.Kind == CheckKind.Tcp ? TcpAsync(check, target, name(check.Required("host")), stop) : DnsAsync(check, target, name(check.Required("host")), stop),
        cancellationToken);

    private async Task<Observation> TcpAsync(CheckDefinition check, string target, string host, CancellationToken cancellationToken)
    {
        var port = check.Number("port", 0);
        var began = time.GetTimestamp();
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, cancellationToken);
            var took = Math.Round(time.GetElapsedTime(began).TotalMilliseconds, 1);
            return new Observation(target, null, took, string.Create(CultureInfo.InvariantCulture, $"{host}:{port} takes connections, in {took:0.#} ms."));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return new Observation(target, check.Severity, null, $"{host}:{port} takes no connection: {e.Message}");
        }
    }

    private async Task<Observation> DnsAsync(CheckDefinition check, string target, string host, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        try
        {
            var found = (await Dns.GetHostAddressesAsync(host, cancellationToken)).Select(a => a.ToString()).Order(StringComparer.Ordinal).ToList();
            var took = Math.Round(time.GetElapsedTime(began).TotalMilliseconds, 1);
            var missing = check.List("addresses").Where(a => !found.Contains(Canonical(a))).ToList();
            return missing.Count > 0
                ? new Observation(target, check.Severity, took, $"{host} is {string.Join(", ", found)}; it should be {string.Join(", ", missing)} too.") { Transient = false }
                : new Observation(target, null, took, $"{host} is {string.Join(", ", found)}.");
        }
        catch (SocketException e)
        {
            return new Observation(target, check.Severity, null, $"{host} is not known: {e.Message}") { Transient = e.SocketErrorCode != SocketError.HostNotFound };
        }
    }

    private static string Canonical(string address) => IPAddress.TryParse(address, out var read) ? read.ToString() : address;
}
