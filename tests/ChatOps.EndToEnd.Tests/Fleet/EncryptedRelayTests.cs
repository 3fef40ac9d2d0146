using System.Net;
using System.Net.Sockets;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing;
using Until = ChatOps.EndToEnd.Harness.Until;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>The relay over TLS that the gateway itself speaks: whom a daemon believes.</summary>
public sealed class EncryptedRelayTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly TestCertificate certificate;
    private readonly int port = FreePort();

    public EncryptedRelayTests() => certificate = new TestCertificate(folder.In("tls"), TimeProvider.System.GetUtcNow());

    private Uri Relay => new($"https://localhost:{port}");

    public void Dispose()
    {
        certificate.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_daemon_joins_where_the_system_trusts_the_certificate_and_nowhere_else()
    {
        await using var gateway = await StartAsync();
        var token = await TokenAsync(gateway);
        await using (var doubting = DaemonProcess.Start(Relay, "web-1", folder.In("node"), token))
        {
            await Until.TrueAsync(() => Task.FromResult(doubting.Log.Contains("certificate", StringComparison.OrdinalIgnoreCase)), () => doubting.Log);
            Assert.Equal(0, await CountOnlineAsync(gateway));
        }

        // The token was not shown to whom it does not trust: it still works.
        var trust = new Dictionary<string, string> { ["SSL_CERT_FILE"] = certificate.AuthorityFile };
        await using var daemon = DaemonProcess.Start(Relay, "web-1", folder.In("node"), token, trust);
        await OnlineAsync(gateway, daemon);
        var answer = await gateway.CallAsync("run", new { command_line = "echo over TLS", on = "web-1" });
        Assert.Equal("over TLS\n", (string)answer["result"]!["nodes"]![0]!["output"]!);
    }

    [Fact]
    public async Task A_pinned_certificate_needs_no_authority_is_remembered_and_no_other_takes_its_place()
    {
        await using (var gateway = await StartAsync())
        {
            await using var joining = DaemonProcess.Start(Relay, "web-1", folder.In("node"), await TokenAsync(gateway), null, "--pin", certificate.Pin);
            await OnlineAsync(gateway, joining);
            await joining.KillAsync();

            await using var again = DaemonProcess.Start(Relay, "web-1", folder.In("node"));
            await OnlineAsync(gateway, again);
        }

        certificate.Issue();
        await using var other = await StartAsync();
        var trust = new Dictionary<string, string> { ["SSL_CERT_FILE"] = certificate.AuthorityFile };
        await using var daemon = DaemonProcess.Start(Relay, "web-1", folder.In("node"), null, trust);
        await Until.TrueAsync(() => Task.FromResult(daemon.Log.Contains("certificate", StringComparison.OrdinalIgnoreCase)), () => daemon.Log);
        Assert.Equal(0, await CountOnlineAsync(other));
    }

    private Task<GatewayProcess> StartAsync() => GatewayProcess.StartAsync(
        folder.In("data"), null, new Dictionary<string, string> { ["CHATOPS__Gateway__Tls__Certificate"] = certificate.CertificateFile, ["CHATOPS__Gateway__Tls__Key"] = certificate.KeyFile },
        "--urls", $"https://127.0.0.1:{port};http://127.0.0.1:0");

    private static async Task<string> TokenAsync(GatewayProcess gateway) => (string)(await gateway.CallAsync("node_token_create", new { ttl = "5m" }))["secret"]!;

    private static Task OnlineAsync(GatewayProcess gateway, DaemonProcess daemon) =>
        Until.TrueAsync(async () => await CountOnlineAsync(gateway) == 1, () => $"{daemon.Log}\n{gateway.Log}");

    private static async Task<int> CountOnlineAsync(GatewayProcess gateway) =>
        (await gateway.CallAsync("nodes", new { }))["result"]!.AsArray().Count(n => (string)n!["name"]! == "web-1" && (string?)n["state"] == "online");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
