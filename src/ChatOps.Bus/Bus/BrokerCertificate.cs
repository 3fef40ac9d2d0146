using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ChatOps.Bus;

/// <summary>
/// Decides whether the broker is who it should be. The library's own decision would be to take a certificate of any authority. Nothing, no password either, is sent before.
/// </summary>
/// <param name="options">Who it should be.</param>
/// <param name="refused">Is told why it is not.</param>
internal sealed class BrokerCertificate(RabbitMqOptions options, Action<string> refused)
{
    private readonly X509Certificate2Collection authorities = Read(options.TlsAuthority);

    /// <summary>Whether the certificate is good; as the platform asks for it.</summary>
    public bool IsGood(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var why = WhyNot(certificate as X509Certificate2, errors, chain);
        if (why is not null) refused(why);
        return why is null;
    }

    private string? WhyNot(X509Certificate2? certificate, SslPolicyErrors errors, X509Chain? chain)
    {
        if (certificate is null) return "it shows no certificate. Give the broker one, or correct Bus:RabbitMq:Port.";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"its certificate is not for {options.Host}, but for {certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)}. Correct Bus:RabbitMq:Host, or give the broker a certificate for that name.";
        if (options.TlsAuthority is null)
        {
            return errors == SslPolicyErrors.None
                ? null
                : $"its certificate is not trusted by this system ({States(chain)}). If its authority is your own, name the authority's certificate in Bus:RabbitMq:TlsAuthority.";
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (chain is not null) own.ChainPolicy.ExtraStore.AddRange(chain.ChainElements.Select(e => e.Certificate).ToArray());
        return own.Build(certificate) ? null : $"its certificate does not come from the authority in {options.TlsAuthority}, or is not good now ({States(own)}).";
    }

    private static string States(X509Chain? chain) => chain is null ? "no chain" : string.Join(", ", chain.ChainStatus.Select(s => s.Status).Distinct());

    private static X509Certificate2Collection Read(string? file)
    {
        var read = new X509Certificate2Collection();
        if (file is not null) read.ImportFromPemFile(file);
        return read;
    }
}
