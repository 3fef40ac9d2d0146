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
    public static bool Accepts(string? pin, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (pin is null) return errors == SslPolicyErrors.None;
        if (certificate is null) return false;
        using var full = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(full.PublicKey.ExportSubjectPublicKeyInfo()), Convert.FromHexString(pin));
    }

    /// <summary>Whether a text is a pin.</summary>
    public static bool IsPin(string text) => text.Length == PinCharacters && text.All(char.IsAsciiHexDigit);
}
