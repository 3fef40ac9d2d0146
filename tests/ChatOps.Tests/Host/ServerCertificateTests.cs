using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ChatOps.Host;
using ChatOps.Host.Http;
using ChatOps.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Host;

public sealed class ServerCertificateTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly FakeTimeProvider clock = new();
    private readonly TestCertificate files;

    public ServerCertificateTests() => files = new TestCertificate(directory["tls"], TimeProvider.System.GetUtcNow());

    public void Dispose()
    {
        files.Dispose();
        directory.Dispose();
    }

    [Fact]
    public void A_renewed_certificate_is_shown_without_a_restart_and_not_looked_for_at_every_connection()
    {
        var certificate = Open();
        var first = Shown(certificate);
        Renew();
        Assert.Equal(first, Shown(certificate));

        clock.Advance(ServerCertificate.LookInterval);

        Assert.NotEqual(first, Shown(certificate));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("half a certifi")]
    public void While_a_new_certificate_is_not_whole_the_old_one_stays(string? content)
    {
        var certificate = Open();
        var first = Shown(certificate);
        if (content is null) File.Delete(files.CertificateFile);
        else File.WriteAllText(files.CertificateFile, content);
        clock.Advance(ServerCertificate.LookInterval);
        Assert.Equal(first, Shown(certificate));

        Renew();
        clock.Advance(ServerCertificate.LookInterval);
        Assert.NotEqual(first, Shown(certificate));
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused_with_both_files_named()
    {
        using var other = new TestCertificate(directory["other"], TimeProvider.System.GetUtcNow());
        var options = new GatewayTlsOptions { Certificate = files.CertificateFile, Key = other.KeyFile };

        var refused = Assert.Throws<StartRefusedException>(() => new ServerCertificate(options, clock, NullLogger<ServerCertificate>.Instance));

        Assert.Contains(files.CertificateFile, refused.Message, StringComparison.Ordinal);
        Assert.Contains(other.KeyFile, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gateway_speaks_TLS_at_its_https_address_and_keeps_a_plain_one_for_this_machine()
    {
        var options = new ChatOpsOptions();
        options.Gateway.Urls = "https://127.0.0.1:0";
        options.Gateway.Tls.Certificate = files.CertificateFile;
        options.Gateway.Tls.Key = files.KeyFile;
        options.Logging.Level = "Error";
        Directory.CreateDirectory(directory["workspace"]);
        await using var host = await GatewayHost.StartAsync(new(GatewayMode.Gateway, options, new GatewayPlaces(null, directory["workspace"]), directory["data"]), CancellationToken.None);

        var encrypted = Assert.Single(host.Addresses, a => a.Scheme == Uri.UriSchemeHttps);
        Assert.Equal(Uri.UriSchemeHttp, new Uri(host.Record.Url).Scheme);
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", encrypted.Port);
        using var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, shown, _, _) => IsOurs(shown) });
        Assert.True(stream.IsEncrypted);

        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = (_, shown, _, _) => IsOurs(shown) } });
        Assert.Equal(System.Net.HttpStatusCode.OK, (await client.GetAsync(new Uri(encrypted, "/health/live"))).StatusCode);
    }

    private bool IsOurs(X509Certificate? shown)
    {
        using var ours = X509CertificateLoader.LoadCertificateFromFile(files.CertificateFile);
        return shown is not null && shown.GetCertHashString() == ours.GetCertHashString();
    }

    private ServerCertificate Open() =>
        new(new GatewayTlsOptions { Certificate = files.CertificateFile, Key = files.KeyFile }, clock, NullLogger<ServerCertificate>.Instance);

    // A file system's clock is coarse: the time of the new files is said, so that it is another one for certain.
    private void Renew()
    {
        files.Issue();
        File.SetLastWriteTimeUtc(files.CertificateFile, File.GetLastWriteTimeUtc(files.KeyFile).AddSeconds(5));
    }

    private static string Shown(ServerCertificate certificate) => certificate.Options().ServerCertificateContext!.TargetCertificate.Thumbprint;
}
