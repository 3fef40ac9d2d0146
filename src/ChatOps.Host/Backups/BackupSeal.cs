using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ChatOps.Host.Backups;

/// <summary>
/// The outer form of a backup, in which no byte can change, be missing or be added without being noticed. With a passphrase: AES-256-GCM in pieces that know
/// their place and which is the last. Without: the content and a SHA-256 of it, which shows damage, but not somebody who computes it anew.
/// </summary>
internal static class BackupSeal
{
    /// <summary>Rounds of PBKDF2-SHA256 that make a key of a passphrase.</summary>
    public const int Iterations = 600_000;

    /// <summary>Shortest passphrase.</summary>
    public const int MinPassphrase = 12;

    // A file that asks for more was not made by this program; it would only take time.
    private const int MaxIterations = 10_000_000;
    private const int PieceBytes = 64 * 1024;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;
    private const int SaltBytes = 16;
    private const int NonceBytes = 12;
    private const int CounterAt = 3;
    private const byte Plain = 0;
    private const byte Encrypted = 1;
    private const int ModeAt = 8;
    private const int IterationsAt = 9;
    private const int SaltAt = 13;
    private const int HeaderBytes = SaltAt + SaltBytes;

    private static ReadOnlySpan<byte> Magic => "CHATOPS1"u8;

    /// <summary>Wraps the content.</summary>
    public static void Write(Stream content, Stream file, string? passphrase)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        header[ModeAt] = passphrase is null ? Plain : Encrypted;
        if (passphrase is not null)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(IterationsAt), Iterations);
            RandomNumberGenerator.Fill(header.AsSpan(SaltAt));
        }

        file.Write(header);
        if (passphrase is null) WritePlain(header, content, file);
        else WriteEncrypted(header, content, file, passphrase);
    }

    /// <summary>Whether a file needs a passphrase.</summary>
    /// <exception cref="BackupRefusedException">It is no backup.</exception>
    public static bool IsEncrypted(Stream file) => ReadHeader(file)[ModeAt] == Encrypted;

    /// <summary>Unwraps the content. What was written before this returns must not be used.</summary>
    /// <exception cref="BackupRefusedException">It is no backup, was changed or cut, or the passphrase is another.</exception>
    public static void Read(Stream file, Stream content, string? passphrase)
    {
        var header = ReadHeader(file);
        if (header[ModeAt] == Plain) ReadPlain(header, file, content);
        else ReadEncrypted(header, file, content, passphrase ?? throw new BackupRefusedException("The backup is encrypted: give its passphrase with --passphrase-file."));
    }

    private static byte[] ReadHeader(Stream file)
    {
        var header = new byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header.AsSpan().StartsWith(Magic) || header[ModeAt] is not (Plain or Encrypted))
            throw new BackupRefusedException("This is no backup of ChatOps, or its beginning is damaged.");
        return header;
    }

    private static void WritePlain(byte[] header, Stream content, Stream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        var piece = new byte[PieceBytes];
        int read;
        while ((read = content.Read(piece)) > 0)
        {
            hash.AppendData(piece, 0, read);
            file.Write(piece, 0, read);
        }

        file.Write(hash.GetHashAndReset());
    }

    private static void ReadPlain(byte[] header, Stream file, Stream content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        var left = file.Length - HeaderBytes - SHA256.HashSizeInBytes;
        var piece = new byte[PieceBytes];
        while (left > 0)
        {
            var read = file.Read(piece, 0, (int)Math.Min(left, PieceBytes));
            if (read == 0) break;
            hash.AppendData(piece, 0, read);
            content.Write(piece, 0, read);
            left -= read;
        }

        var end = new byte[SHA256.HashSizeInBytes];
        if (left != 0 || file.ReadAtLeast(end, end.Length, throwOnEndOfStream: false) < end.Length || !end.AsSpan().SequenceEqual(hash.GetHashAndReset()))
            throw new BackupRefusedException("The backup is damaged: it was changed or cut short since it was made. Take another one.");
    }

    private static void WriteEncrypted(byte[] header, Stream content, Stream file, string passphrase)
    {
        using var aes = Cipher(header, passphrase);
        var (piece, next, sealedPiece) = (new byte[PieceBytes], new byte[PieceBytes], new byte[PieceBytes + TagBytes]);
        var length = content.ReadAtLeast(piece, PieceBytes, throwOnEndOfStream: false);
        for (var number = 0L; ; number++)
        {
            var following = content.ReadAtLeast(next, PieceBytes, throwOnEndOfStream: false);
            aes.Encrypt(Nonce(number, following == 0), piece.AsSpan(0, length), sealedPiece.AsSpan(0, length), sealedPiece.AsSpan(length, TagBytes), header);
            file.Write(sealedPiece, 0, length + TagBytes);
            if (following == 0) return;
            (piece, next, length) = (next, piece, following);
        }
    }

    private static void ReadEncrypted(byte[] header, Stream file, Stream content, string passphrase)
    {
        const int Whole = PieceBytes + TagBytes;
        using var aes = Cipher(header, passphrase);
        var (sealedPiece, next, piece) = (new byte[Whole], new byte[Whole], new byte[PieceBytes]);
        var length = file.ReadAtLeast(sealedPiece, Whole, throwOnEndOfStream: false);
        for (var number = 0L; ; number++)
        {
            var following = file.ReadAtLeast(next, Whole, throwOnEndOfStream: false);
            var plain = length - TagBytes;
            try
            {
                if (plain < 0) throw new AuthenticationTagMismatchException();
                aes.Decrypt(Nonce(number, following == 0), sealedPiece.AsSpan(0, plain), sealedPiece.AsSpan(plain, TagBytes), piece.AsSpan(0, plain), header);
            }
            catch (AuthenticationTagMismatchException e)
            {
                throw new BackupRefusedException(
                    number == 0
                        ? "The passphrase is not the one that this backup was made with, or the file was changed."
                        : "The backup is damaged: it was changed or cut short since it was made. Take another one.", e);
            }

            content.Write(piece, 0, plain);
            if (following == 0) return;
            (sealedPiece, next, length) = (next, sealedPiece, following);
        }
    }

    private static AesGcm Cipher(byte[] header, string passphrase)
    {
        var iterations = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(IterationsAt));
        if (iterations is < 1 or > MaxIterations) throw new BackupRefusedException("This is no backup of ChatOps, or its beginning is damaged.");
        var key = Rfc2898DeriveBytes.Pbkdf2(passphrase, header.AsSpan(SaltAt), iterations, HashAlgorithmName.SHA256, KeyBytes);
        return new AesGcm(key, TagBytes);
    }

    // The key is new with every salt, so counting never repeats a nonce.
    private static byte[] Nonce(long number, bool last)
    {
        var nonce = new byte[NonceBytes];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(CounterAt), number);
        nonce[NonceBytes - 1] = last ? (byte)1 : (byte)0;
        return nonce;
    }
}
