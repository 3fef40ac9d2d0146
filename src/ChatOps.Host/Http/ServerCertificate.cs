using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace ChatOps.Host.Http;

/// <summary>The certificate that the gateway shows on its <c>https://</c> addresses: read at the start, and again when its files have changed.</summary>
internal sealed partial class ServerCertificate
{
    /// <summary>How often the files are looked at, at most; only a new connection looks.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);

    private readonly string certificate;
    private readonly string key;
    private readonly TimeProvider time;
    private readonly ILogger<ServerCertificate> log;
    private readonly Lock changing = new();
    private Shown shown;
    private long looked;

    /// <summary>Reads it.</summary>
    /// <exception cref="StartRefusedException">The files do not hold a certificate and its key.</exception>
    public ServerCertificate(GatewayTlsOptions options, TimeProvider time, ILogger<ServerCertificate> log)
    {
        (certificate, key, this.time, this.log) = (options.Certificate!, options.Key!, time, log);
        try
        {
            shown = Read();
            looked = time.GetTimestamp();
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            throw new StartRefusedException(
                $"The certificate of Gateway:Tls cannot be used ({options.Certificate} with the key {options.Key}): {e.Message} Both must be PEM files, the key unencrypted and the one of the certificate.", e);
        }
    }

    /// <summary>What a handshake is answered with now.</summary>
    public SslServerAuthenticationOptions Options()
    {
        lock (changing)
        {
            if (time.GetElapsedTime(looked) >= LookInterval)
            {
                looked = time.GetTimestamp();
                Renew();
            }

            return shown.Options;
        }
    }

    // The old one stays until a new one is whole: a renewal writes two files, one after the other.
    private void Renew()
    {
        try
        {
            if (Written() == shown.Written) return;
            shown = Read();
            LogRenewed(certificate, shown.Expires);
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            LogNotRenewed(certificate, e.Message);
        }
    }

    private Shown Read()
    {
        var written = Written();
        using var read = X509Certificate2.CreateFromPemFile(certificate, key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificate);
        // SChannel and OpenSSL both want a key that is not merely in passing: the PKCS#12 form gives it one.
        var own = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        chain.RemoveAt(0);
        var options = new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(own, chain, offline: true) };
        return new Shown(options, written, own.NotAfter);
    }

    // A key that is not the certificate's is an ArgumentException of .NET's.
    private static bool IsOfFiles(Exception e) => e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private (DateTime, DateTime) Written() => (File.GetLastWriteTimeUtc(certificate), File.GetLastWriteTimeUtc(key));

    private sealed record Shown(SslServerAuthenticationOptions Options, (DateTime Certificate, DateTime Key) Written, DateTime Expires);
}
