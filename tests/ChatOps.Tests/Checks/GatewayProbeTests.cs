using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ChatOps.Checks;
using ChatOps.Checks.Probes;
using ChatOps.Checks.States;
using ChatOps.Host;
using ChatOps.Testing;
using ChatOps.Tests.Gate;

namespace ChatOps.Tests.Checks;

/// <summary>What the gateway itself looks at, on real loopback servers.</summary>
public sealed class GatewayProbeTests : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly FakeFleet fleet = new(TimeProvider.System);

    public GatewayProbeTests() => listener.Start();

    private int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        end.Dispose();
    }

    [Theory]
    [InlineData("200 OK", "all is ok", "expect: ok", CheckLevel.Ok, "HTTP 200")]
    [InlineData("200 OK", "all is broken", "expect: fine", CheckLevel.Critical, "does not hold 'fine'")]
    [InlineData("503 Service Unavailable", "", "retries: 0", CheckLevel.Critical, "HTTP 503")]
    [InlineData("301 Moved Permanently", "", "retries: 0", CheckLevel.Ok, "HTTP 301")]
    [InlineData("301 Moved Permanently", "", "status: 200, severity: warning", CheckLevel.Warning, "well is 200")]
    [InlineData("404 Not Found", "", "status: [200, 400-404]", CheckLevel.Ok, "HTTP 404")]
    [InlineData("200 OK", "slow", "warn: 0, retries: 0", CheckLevel.Warning, "HTTP 200")]
    public async Task An_address_is_judged_by_status_body_and_time(string status, string body, string fields, CheckLevel level, string text)
    {
        Serve(status, body);
        var check = SomeChecks.Of($"name: x, kind: http, url: 'http://127.0.0.1:{Port}/', {fields}");

        var look = Assert.Single(await Http().LookAsync(check, TestContext.Current.CancellationToken));

        Assert.Equal(level, CheckMachine.Next(SomeChecks.New(check), look, check with { Retries = 0 }, DateTimeOffset.UnixEpoch).Level);
        Assert.Contains(text, look.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_in_time()
    {
        var check = SomeChecks.Of($"name: x, kind: http, url: 'http://127.0.0.1:{Port}/', timeout: 1s");

        var look = Assert.Single(await Http().LookAsync(check, TestContext.Current.CancellationToken));

        Assert.Equal(CheckLevel.Critical, look.Level);
        Assert.Contains("no answer within 1 s", look.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_internal_address_that_nobody_allowed_is_not_visited()
    {
        var check = SomeChecks.Of($"name: x, kind: http, url: 'http://127.0.0.1:{Port}/'");

        var look = Assert.Single(await new HttpProbe(Targets(), new EgressGuard(new EgressOptions()), TimeProvider.System).LookAsync(check, TestContext.Current.CancellationToken));

        Assert.Contains("Egress:Allow", look.Text, StringComparison.Ordinal);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task A_port_that_takes_connections_is_well_and_a_closed_one_is_not()
    {
        var probe = new NetworkProbe(Targets(), TimeProvider.System);

        Assert.Null(Assert.Single(await probe.LookAsync(SomeChecks.Of($"name: x, kind: tcp, host: 127.0.0.1, port: {Port}"), TestContext.Current.CancellationToken)).Level);
        var closed = Assert.Single(await probe.LookAsync(SomeChecks.Of($"name: x, kind: tcp, host: 127.0.0.1, port: {LoopbackPort.Free()}"), TestContext.Current.CancellationToken));
        Assert.Equal(CheckLevel.Critical, closed.Level);
    }

    [Fact]
    public async Task A_name_must_have_the_addresses_that_are_written()
    {
        var probe = new NetworkProbe(Targets(), TimeProvider.System);

        Assert.Null(Assert.Single(await probe.LookAsync(SomeChecks.Of("name: x, kind: dns, host: localhost, addresses: 127.0.0.1"), TestContext.Current.CancellationToken)).Level);
        var other = Assert.Single(await probe.LookAsync(SomeChecks.Of("name: x, kind: dns, host: localhost, addresses: 192.0.2.1"), TestContext.Current.CancellationToken));
        Assert.Equal((CheckLevel.Critical, false), (other.Level, other.Transient));
    }

    [Theory]
    [InlineData(5, CheckLevel.Critical)]
    [InlineData(15, CheckLevel.Warning)]
    [InlineData(30, CheckLevel.Ok)]
    public async Task A_certificate_about_to_expire_is_found_whoever_signed_it(int days, CheckLevel level)
    {
        using var directory = new TempDirectory();
        using var certificate = new TestCertificate(directory.Path, TimeProvider.System.GetUtcNow());
        certificate.Issue(days);
        ServeTls(certificate);
        var check = SomeChecks.Of($"name: x, kind: certificate, host: 127.0.0.1, port: {Port}");

        var look = Assert.Single(await new EndpointCertificateProbe(Targets(), TimeProvider.System).LookAsync(check, TestContext.Current.CancellationToken));

        Assert.Equal(level, CheckMachine.Next(SomeChecks.New(check), look, check, DateTimeOffset.UnixEpoch).Level);
        Assert.Contains("ends in", look.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_selector_each_node_is_looked_at_by_its_name()
    {
        fleet.Add("localhost");
        fleet.Add("nowhere.invalid");
        var check = SomeChecks.Of($"name: x, kind: tcp, host: '{{node}}', port: {Port}, on: all");

        var looks = await new NetworkProbe(Targets(), TimeProvider.System).LookAsync(check, TestContext.Current.CancellationToken);

        Assert.Equal([("localhost", false), ("nowhere.invalid", true)], looks.Select(l => (l.Target, l.Level == CheckLevel.Critical)));
    }

    private GatewayTargets Targets() => new(fleet, TimeProvider.System);

    private HttpProbe Http()
    {
        var options = new EgressOptions { Allow = [$"127.0.0.1:{Port}"] };
        return new HttpProbe(Targets(), new EgressGuard(options), TimeProvider.System);
    }

    private void Serve(string status, string body) => _ = AnswerAsync(async stream =>
    {
        await stream.ReadAtLeastAsync(new byte[16 * 1024], 4, cancellationToken: end.Token);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"), end.Token);
    });

    private void ServeTls(TestCertificate certificate) => _ = AnswerAsync(async stream =>
    {
        using var pem = X509Certificate2.CreateFromPemFile(certificate.CertificateFile, certificate.KeyFile);
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(pem);
    });

    private async Task AnswerAsync(Func<NetworkStream, Task> answer)
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync(end.Token);
            await answer(client.GetStream());
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The test is over, or the probe hung up first.
        }
    }
}
