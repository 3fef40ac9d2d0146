using ChatOps.EndToEnd.Harness;
using ChatOps.Testing;
using Until = ChatOps.EndToEnd.Harness.Until;

namespace ChatOps.EndToEnd.Fleet;

/// <summary>The relay over TLS that the gateway itself speaks: whom a daemon believes.</summary>
public sealed class EncryptedRelayTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly TestCertificate certificate;
    private readonly int port = LoopbackPort.Free();

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
        var token = await gateway.TokenAsync();
        await using (var doubting = DaemonProcess.Start(Relay, "web-1", folder.In("node"), token))
        {
            await Until.TrueAsync(() => Task.FromResult(doubting.Log.Contains("certificate", StringComparison.OrdinalIgnoreCase)), () => doubting.Log);
            Assert.NotEqual("online", await gateway.StateOfAsync("web-1"));
        }

        // The token was not shown to whom it does not trust: it still works.
        var trust = new Dictionary<string, string> { ["SSL_CERT_FILE"] = certificate.AuthorityFile };
        await using var daemon = DaemonProcess.Start(Relay, "web-1", folder.In("node"), token, trust);
        await gateway.OnlineAsync(daemon, "web-1");
        var answer = await gateway.CallAsync("run", new { command_line = "echo over TLS", on = "web-1" });
        Assert.Equal("over TLS\n", (string)answer["result"]!["nodes"]![0]!["output"]!);
    }

    [Fact]
    public async Task A_pinned_certificate_needs_no_authority_is_remembered_and_no_other_takes_its_place()
    {
        await using (var gateway = await StartAsync())
        {
            await using var joining = DaemonProcess.Start(Relay, "web-1", folder.In("node"), await gateway.TokenAsync(), null, "--pin", certificate.Pin);
            await gateway.OnlineAsync(joining, "web-1");
            await joining.KillAsync();

            await using var again = DaemonProcess.Start(Relay, "web-1", folder.In("node"));
            await gateway.OnlineAsync(again, "web-1");
        }

        certificate.Issue();
        await using var other = await StartAsync();
        var trust = new Dictionary<string, string> { ["SSL_CERT_FILE"] = certificate.AuthorityFile };
        await using var daemon = DaemonProcess.Start(Relay, "web-1", folder.In("node"), null, trust);
        await Until.TrueAsync(() => Task.FromResult(daemon.Log.Contains("certificate", StringComparison.OrdinalIgnoreCase)), () => daemon.Log);
        Assert.NotEqual("online", await other.StateOfAsync("web-1"));
    }

    private Task<GatewayProcess> StartAsync() => GatewayProcess.StartAsync(
        folder.In("data"), null, new Dictionary<string, string> { ["CHATOPS__Gateway__Tls__Certificate"] = certificate.CertificateFile, ["CHATOPS__Gateway__Tls__Key"] = certificate.KeyFile },
        "--urls", $"https://127.0.0.1:{port};http://127.0.0.1:0");
}
