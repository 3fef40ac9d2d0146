using System.Security.Cryptography;

namespace ChatOps.Fleet.Keys;

/// <summary>A key pair: ECDSA on P-256 with SHA-256. The private half stays where it was made.</summary>
public sealed class KeyPair : IDisposable
{
    private readonly ECDsa algorithm;
    private readonly Lock gate = new();

    private KeyPair(ECDsa algorithm)
    {
        this.algorithm = algorithm;
        Public = PublicKey.TryRead(algorithm.ExportSubjectPublicKeyInfo(), out var key) ? key : throw new CryptographicException("The key is not one on the curve P-256.");
    }

    /// <summary>The public half.</summary>
    public PublicKey Public { get; }

    /// <summary>Makes a new pair.</summary>
    public static KeyPair Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a pair that <see cref="ToPem"/> wrote.</summary>
    /// <exception cref="CryptographicException">It is not one.</exception>
    public static KeyPair FromPem(string pem)
    {
        var algorithm = ECDsa.Create();
        try
        {
            algorithm.ImportFromPem(pem);
            return new KeyPair(algorithm);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            algorithm.Dispose();
            throw new CryptographicException("It holds no private key on the curve P-256.", e);
        }
    }

    /// <summary>The private key in PKCS #8, for a file that its owner alone can read.</summary>
    public string ToPem() => algorithm.ExportPkcs8PrivateKeyPem();

    /// <summary>Signs.</summary>
    public byte[] Sign(ReadOnlySpan<byte> bytes)
    {
        lock (gate) return algorithm.SignData(bytes, HashAlgorithmName.SHA256);
    }

    /// <inheritdoc/>
    public void Dispose() => algorithm.Dispose();
}
