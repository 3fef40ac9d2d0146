using System.Runtime.InteropServices;

namespace ChatOps.Channels.Discord;

/// <summary>Checks Ed25519 signatures with OpenSSL's libcrypto: .NET has none of its own, and a hand-written one would be a liability. Whatever is not a valid signature is false.</summary>
internal static class Ed25519
{
    /// <summary>Length of a public key, in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>Length of a signature, in bytes.</summary>
    public const int SignatureLength = 64;

    private const string Library = "libcrypto.so.3";
    private const int KeyType = 1087;
    private const int Success = 1;

    /// <summary>Whether the system has the library.</summary>
    public static bool IsAvailable
    {
        get
        {
            if (!NativeLibrary.TryLoad(Library, out var handle)) return false;
            NativeLibrary.Free(handle);
            return true;
        }
    }

    /// <summary>Whether a signature of a message was made with the key that belongs to this public one.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != KeyLength || signature.Length != SignatureLength) return false;
        var key = EVP_PKEY_new_raw_public_key(KeyType, 0, publicKey.ToArray(), KeyLength);
        if (key == 0) return false;
        var context = EVP_MD_CTX_new();
        try
        {
            return context != 0
                && EVP_DigestVerifyInit(context, 0, 0, 0, key) == Success
                && EVP_DigestVerify(context, signature.ToArray(), SignatureLength, message.ToArray(), (nuint)message.Length) == Success;
        }
        finally
        {
            // Refusals leave entries in the thread's error queue.
            ERR_clear_error();
            EVP_MD_CTX_free(context);
            EVP_PKEY_free(key);
        }
    }

#pragma warning disable SYSLIB1054 // Only blittable arguments: generated marshalling would bring unsafe code and nothing else.
    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint EVP_PKEY_new_raw_public_key(int type, nint engine, byte[] key, nuint length);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint EVP_MD_CTX_new();

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_DigestVerifyInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_DigestVerify(nint context, byte[] signature, nuint signatureLength, byte[] message, nuint length);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void EVP_MD_CTX_free(nint context);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void EVP_PKEY_free(nint key);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void ERR_clear_error();
#pragma warning restore SYSLIB1054
}
