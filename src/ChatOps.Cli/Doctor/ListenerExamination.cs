using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ChatOps.Diagnostics;
using ChatOps.Host;

namespace ChatOps.Cli.Doctor;

/// <summary>Who can reach the listener, and whether what travels to it is encrypted.</summary>
internal sealed class ListenerExamination(TimeProvider time) : IExamination
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(14);

    public async IAsyncEnumerable<Finding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var gateway = patient.Settings.Options.Gateway;
        var addresses = ListenAddress.Parse(gateway.Urls);
        var open = addresses.Where(a => a.IsOpen).ToList();
        if (addresses.All(a => a.IsLoopback)) yield return new("listener.loopback", PartState.Ok, $"The gateway listens on this machine alone ({gateway.Urls}).");
        if (addresses.Any(a => a.Encrypted)) yield return OfCertificate(gateway.Tls);
        if (open.Count > 0)
            yield return new("listener.behind-proxy", PartState.Degraded, $"{string.Join(", ", open)} can be reached from other machines; only what comes through {gateway.TrustedProxy} is believed.",
                "Let a firewall allow nobody but that proxy.");
        if (gateway.PublicUrl is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            yield return new("listener.plain-public-url", PartState.Failed, $"Gateway:PublicUrl ({url}) is not encrypted: sign-in links and cookies would travel in the open.", "Put a proxy with TLS in front and write its https address.");
    }

    private Finding OfCertificate(GatewayTlsOptions tls)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(tls.Certificate!, tls.Key!);
            var left = certificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime;
            var until = string.Create(CultureInfo.InvariantCulture, $"{tls.Certificate} is for {certificate.GetNameInfo(X509NameType.DnsName, false)} and good until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd} UTC.");
            return left <= TimeSpan.Zero ? new("listener.certificate", PartState.Failed, until, "It has expired: browsers and nodes turn away. Renew it; the gateway takes the new files without a restart.")
                : left < RenewBefore ? new("listener.certificate", PartState.Degraded, until, "Renew it; the gateway takes the new files without a restart.")
                : new("listener.certificate", PartState.Ok, until);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return new("listener.certificate", PartState.Failed, $"Gateway:Tls cannot be used: {e.Message}", "Give a certificate and its unencrypted key as PEM files that the gateway may read.");
        }
    }
}
