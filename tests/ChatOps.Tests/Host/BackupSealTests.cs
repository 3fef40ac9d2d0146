using System.Security.Cryptography;
using ChatOps.Host.Backups;

namespace ChatOps.Tests.Host;

public sealed class BackupSealTests
{
    private const string Passphrase = "correct horse battery";
    private const int PieceBytes = 64 * 1024;

    [Theory]
    [InlineData(null, 1)]
    [InlineData(null, 3 * PieceBytes)]
    [InlineData(Passphrase, 1)]
    [InlineData(Passphrase, PieceBytes - 1)]
    [InlineData(Passphrase, PieceBytes)]
    [InlineData(Passphrase, (3 * PieceBytes) + 5)]
    public void What_was_wrapped_comes_out_again(string? passphrase, int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);
        Assert.Equal(content, Open(Wrap(content, passphrase), passphrase));
    }

    [Fact]
    public void The_content_of_an_encrypted_one_cannot_be_seen()
    {
        var content = "the key of the gateway"u8.ToArray();
        Assert.True(Wrap(content, null).AsSpan().IndexOf(content) >= 0);
        Assert.True(Wrap(content, Passphrase).AsSpan().IndexOf(content) < 0);
    }

    [Fact]
    public void Another_passphrase_or_none_opens_nothing()
    {
        var file = Wrap([1, 2, 3], Passphrase);
        Assert.Contains("The passphrase is not the one", Refused(file, Passphrase + "!").Message, StringComparison.Ordinal);
        Assert.Contains("encrypted", Refused(file, null).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_byte_of_a_plain_one_can_be_changed()
    {
        var file = Wrap(RandomNumberGenerator.GetBytes(100), null);
        for (var at = 0; at < file.Length; at++) Refused(Changed(file, at), null);
    }

    [Fact]
    public void No_byte_of_an_encrypted_one_can_be_changed()
    {
        // Each attempt derives a key, so: the beginning and the end whole, and some between. A changed number of rounds must not take for ever either.
        var file = Wrap(RandomNumberGenerator.GetBytes(PieceBytes + 10), Passphrase);
        int[] places = [0, 7, 8, 9, 12, 13, 28, 29, 30, PieceBytes + 28, PieceBytes + 29, PieceBytes + 45, file.Length - 17, file.Length - 1];
        foreach (var at in places) Refused(Changed(file, at), Passphrase);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Passphrase)]
    public void One_that_was_cut_or_lengthened_does_not_open(string? passphrase)
    {
        var file = Wrap(RandomNumberGenerator.GetBytes((2 * PieceBytes) + 10), passphrase);
        foreach (var length in (int[])[0, 10, 29, 40, PieceBytes + 45, (2 * PieceBytes) + 61, file.Length - 1]) Refused(file[..length], passphrase);
        Refused([.. file, 0], passphrase);
    }

    [Fact]
    public void Pieces_cannot_change_places()
    {
        const int Whole = PieceBytes + 16;
        var file = Wrap(RandomNumberGenerator.GetBytes(3 * PieceBytes), Passphrase);
        Refused([.. file[..29], .. file[(29 + Whole)..(29 + (2 * Whole))], .. file[29..(29 + Whole)], .. file[(29 + (2 * Whole))..]], Passphrase);
    }

    private static byte[] Wrap(byte[] content, string? passphrase)
    {
        using var file = new MemoryStream();
        BackupSeal.Write(new MemoryStream(content), file, passphrase);
        return file.ToArray();
    }

    private static byte[] Open(byte[] file, string? passphrase)
    {
        using var content = new MemoryStream();
        BackupSeal.Read(new MemoryStream(file), content, passphrase);
        return content.ToArray();
    }

    private static BackupRefusedException Refused(byte[] file, string? passphrase) => Assert.Throws<BackupRefusedException>(() => Open(file, passphrase));

    private static byte[] Changed(byte[] file, int at)
    {
        var changed = file.ToArray();
        changed[at] ^= 1;
        return changed;
    }
}
