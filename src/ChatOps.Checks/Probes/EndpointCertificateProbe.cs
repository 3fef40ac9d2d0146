using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ChatOps.Checks.Files;
using ChatOps.Checks.States;

namespace ChatOps.Checks.Probes;

/// <summary>How long the certificate of an endpoint is valid. Whether it is trusted is not asked: an internal authority's ends as surely.</summary>
internal sealed class EndpointCertificateProbe(GatewayTargets targets, TimeProvider time) : IProbe
{
    private const int HttpsPort = 443;

    public bool Takes(CheckDefinition check) => check.Kind == CheckKind.Certificate && check.Text("path") is null;

    public Task<IReadOnlyList<Observation>> LookAsync(CheckDefinition check, CancellationToken cancellationToken) =>
        targets.LookAsync(check, (target, name, stop) => OneAsync(check, target, name(check.Required("host")), stop), cancellationToken);

    private async Task<Observation> OneAsync(CheckDefinition check, string target, string host, CancellationToken cancellationToken)
    {
        var port = check.Number("port", HttpsPort);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, cancellationToken);
            DateTimeOffset? ends = null;
            await using var tls = new SslStream(client.GetStream());
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = host,
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    // Only its end is read; nothing is sent over this connection.
                    ends = (certificate as X509Certificate2)?.NotAfter.ToUniversalTime();
                    return ends is not null;
                },
            };
            await tls.AuthenticateAsClientAsync(options, cancellationToken);
            return ends is { } at ? CertificateText.Of(target, $"The certificate of {host}:{port}", at, time.GetUtcNow()) : Observation.Unknown(target, $"{host}:{port} showed no certificate.");
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException or ArgumentException)
        {
            return Observation.Unknown(target, string.Create(CultureInfo.InvariantCulture, $"{host}:{port} showed no certificate: {e.Message}"));
        }
    }
}
