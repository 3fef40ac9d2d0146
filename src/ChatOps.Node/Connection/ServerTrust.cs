using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ChatOps.Node.Connection;

/// <summary>Whether the relay's certificate is the right one: the pinned one, or one that the system trusts.</summary>
internal static class ServerTrust
{
    /// <summary>Length of a pin.</summary>
    public const int PinCharacters = 64;

    /// <summary>Judges a certificate.</summary>
    /// <returns>Why it is not believed, for people; null when it is.</returns>
    public static string? WhyNot(string? pin, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null) return "the relay shows no certificate";
        using var full = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        var own = SHA256.HashData(full.PublicKey.ExportSubjectPublicKeyInfo());
        if (pin is not null)
            return CryptographicOperations.FixedTimeEquals(own, Convert.FromHexString(pin)) ? null
                : $"the relay's certificate has the public key {Convert.ToHexStringLower(own)}, not the pinned one; give its new pin with --pin only if you know that it was changed";
        return errors == SslPolicyErrors.None ? null
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"the relay's certificate is for {full.GetNameInfo(X509NameType.DnsName, false)}, not for this address"
            : $"this machine does not trust the relay's certificate ({full.Subject}); add its authority to the system, or check that {Convert.ToHexStringLower(own)} is its public key and give that with --pin";
    }

    /// <summary>Whether a text is a pin.</summary>
    public static bool IsPin(string text) => text.Length == PinCharacters && text.All(char.IsAsciiHexDigit);
}
