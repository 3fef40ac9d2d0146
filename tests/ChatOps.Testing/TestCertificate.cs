using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ChatOps.Testing;

/// <summary>An authority and a certificate of it for loopback, as PEM files.</summary>
public sealed class TestCertificate : IDisposable
{
    private static readonly TimeSpan Skew = TimeSpan.FromDays(1);

    private readonly string directory;
    private readonly DateTimeOffset now;
    private readonly ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 authority;
    private byte serial = 1;

    /// <summary>Makes both.</summary>
    /// <param name="directory">Where the files go.</param>
    /// <param name="now">The time they are good around.</param>
    public TestCertificate(string directory, DateTimeOffset now)
    {
        (this.directory, this.now) = (directory, now);
        Directory.CreateDirectory(directory);
        var request = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        authority = request.CreateSelfSigned(now - Skew, now + TimeSpan.FromDays(60));
        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());
        Issue();
    }

    /// <summary>The authority's certificate.</summary>
    public string AuthorityFile => Path.Combine(directory, "authority.pem");

    /// <summary>The certificate.</summary>
    public string CertificateFile => Path.Combine(directory, "server.pem");

    /// <summary>Its private key.</summary>
    public string KeyFile => Path.Combine(directory, "server.key");

    /// <summary>SHA-256 of its public key, as <c>--pin</c> takes it.</summary>
    public string Pin { get; private set; } = "";

    /// <summary>Puts another one with another key in its place.</summary>
    /// <param name="days">How long it is good from now on.</param>
    public void Issue(int days = 30)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.Create(authority, now - Skew, now + TimeSpan.FromDays(days), [serial++]);
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(CertificateFile, made.ExportCertificatePem());
        Pin = Convert.ToHexStringLower(SHA256.HashData(made.PublicKey.ExportSubjectPublicKeyInfo()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        authority.Dispose();
        authorityKey.Dispose();
    }
}
