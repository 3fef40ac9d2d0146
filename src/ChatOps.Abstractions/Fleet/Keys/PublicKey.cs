using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ChatOps.Fleet.Keys;

/// <summary>The public half of a gateway's or a node's key: ECDSA on P-256 with SHA-256.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    /// <summary>Length of the encoded key in bytes; anything else is not such a key.</summary>
    public const int EncodedBytes = 91;

    private const string CurveId = "1.2.840.10045.3.1.7";
    private readonly byte[] encoded;
    private readonly Lock gate = new();
    private ECDsa? verifier;

    private PublicKey(byte[] encoded) => this.encoded = encoded;

    /// <summary>The key as SubjectPublicKeyInfo.</summary>
    public ReadOnlySpan<byte> Encoded => encoded;

    /// <summary>SHA-256 of the key in lower-case hexadecimal: its name for people and for the other side.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(encoded));

    /// <summary>Reads a key; false when it is no key on P-256.</summary>
    /// <param name="bytes">SubjectPublicKeyInfo.</param>
    /// <param name="key">The key.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PublicKey? key)
    {
        key = null;
        if (bytes.Length != EncodedBytes) return false;
        try
        {
            using var algorithm = ECDsa.Create();
            algorithm.ImportSubjectPublicKeyInfo(bytes, out var read);
            if (read != bytes.Length || algorithm.ExportParameters(false).Curve.Oid.Value != CurveId) return false;
            key = new PublicKey(bytes.ToArray());
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Whether this key signed these bytes.</summary>
    /// <param name="bytes">What was signed.</param>
    /// <param name="signature">The signature as it came.</param>
    public bool Verifies(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature)
    {
        try
        {
            // To read the key costs as much as to check a signature, so it is kept: it lives as long as this object, and its handle ends itself.
            lock (gate)
            {
                verifier ??= Import(encoded);
                return verifier.VerifyData(bytes, signature, HashAlgorithmName.SHA256);
            }
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static ECDsa Import(byte[] encoded)
    {
        var algorithm = ECDsa.Create();
        algorithm.ImportSubjectPublicKeyInfo(encoded, out _);
        return algorithm;
    }

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && encoded.AsSpan().SequenceEqual(other.encoded);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(encoded, EncodedBytes - sizeof(int));
}
