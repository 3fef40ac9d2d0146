using System.Runtime.InteropServices;
using System.Text;

namespace ChatOps.Testing.Discord;

/// <summary>Signs as Discord does, with OpenSSL.</summary>
public sealed partial class Ed25519Signer : IDisposable
{
    private const string Library = "libcrypto.so.3";
    private const int KeyType = 1087;
    private const int KeyLength = 32;
    private const int SignatureLength = 64;

    private readonly nint key;

    /// <summary>Makes one for a secret key of 32 bytes.</summary>
    public Ed25519Signer(byte[] secret)
    {
        key = EVP_PKEY_new_raw_private_key(KeyType, 0, secret, KeyLength);
        if (key == 0) throw new InvalidOperationException("OpenSSL does not take the key.");
        var length = (nuint)KeyLength;
        var bytes = new byte[KeyLength];
        if (EVP_PKEY_get_raw_public_key(key, bytes, ref length) != 1) throw new InvalidOperationException("OpenSSL does not give the public key.");
        PublicKey = Convert.ToHexString(bytes).ToLowerInvariant();
    }

    /// <summary>The public key, hexadecimal.</summary>
    public string PublicKey { get; }

    /// <summary>Signs.</summary>
    public byte[] Sign(byte[] message)
    {
        var context = EVP_MD_CTX_new();
        try
        {
            var signature = new byte[SignatureLength];
            var length = (nuint)SignatureLength;
            if (EVP_DigestSignInit(context, 0, 0, 0, key) != 1 || EVP_DigestSign(context, signature, ref length, message, (nuint)message.Length) != 1)
                throw new InvalidOperationException("OpenSSL does not sign.");
            return signature;
        }
        finally
        {
            EVP_MD_CTX_free(context);
        }
    }

    /// <summary>The headers of a call with this body.</summary>
    public Dictionary<string, string> Headers(byte[] body, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new(StringComparer.OrdinalIgnoreCase)
        {
            ["X-Signature-Timestamp"] = timestamp,
            ["X-Signature-Ed25519"] = Convert.ToHexString(Sign([.. Encoding.ASCII.GetBytes(timestamp), .. body])).ToLowerInvariant(),
        };
    }

    public void Dispose() => EVP_PKEY_free(key);

    [LibraryImport(Library)]
    private static partial nint EVP_PKEY_new_raw_private_key(int type, nint engine, byte[] key, nuint length);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_get_raw_public_key(nint key, byte[] bytes, ref nuint length);

    [LibraryImport(Library)]
    private static partial nint EVP_MD_CTX_new();

    [LibraryImport(Library)]
    private static partial int EVP_DigestSignInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library)]
    private static partial int EVP_DigestSign(nint context, byte[] signature, ref nuint signatureLength, byte[] message, nuint length);

    [LibraryImport(Library)]
    private static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Library)]
    private static partial void EVP_PKEY_free(nint key);
}
