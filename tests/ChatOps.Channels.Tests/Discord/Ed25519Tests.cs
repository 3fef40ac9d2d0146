using System.Security.Cryptography;
using ChatOps.Channels.Discord;
using ChatOps.Testing.Discord;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>The vectors of RFC 8032, section 7.1, and what is none.</summary>
public sealed class Ed25519Tests
{
    public static TheoryData<string, string, string, string> Vectors { get; } = new()
    {
        {
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
        {
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42", "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_of_the_standard_is_valid_and_nothing_beside_it_is(string secret, string publicKey, string message, string signature)
    {
        var (key, text, sign) = (Convert.FromHexString(publicKey), Convert.FromHexString(message), Convert.FromHexString(signature));
        Assert.True(Ed25519.Verify(key, text, sign));
        for (var i = 0; i < sign.Length; i++)
        {
            var changed = (byte[])sign.Clone();
            changed[i] ^= 1;
            Assert.False(Ed25519.Verify(key, text, changed));
        }

        Assert.False(Ed25519.Verify(key, [.. text, 0], sign));
        for (var i = 0; i < key.Length; i++)
        {
            var changed = (byte[])key.Clone();
            changed[i] ^= 1;
            Assert.False(Ed25519.Verify(changed, text, sign));
        }

        using var signer = new Ed25519Signer(Convert.FromHexString(secret));
        Assert.Equal((publicKey, signature), (signer.PublicKey, Convert.ToHexString(signer.Sign(text)).ToLowerInvariant()));
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(31, 64)]
    [InlineData(33, 64)]
    [InlineData(32, 0)]
    [InlineData(32, 63)]
    [InlineData(32, 65)]
    public void Lengths_that_are_wrong_are_no_signature(int key, int signature) => Assert.False(Ed25519.Verify(new byte[key], "x"u8, new byte[signature]));

    [Fact]
    public void A_signature_with_a_scalar_that_is_not_reduced_is_refused()
    {
        // The group's order added to S: the same equation holds, and the standard forbids it.
        var (key, sign) = (Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
            Convert.FromHexString("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"));
        var order = System.Numerics.BigInteger.Pow(2, 252) + System.Numerics.BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
        var scalar = new System.Numerics.BigInteger(sign.AsSpan(32), isUnsigned: true) + order;
        scalar.ToByteArray(isUnsigned: true).CopyTo(sign, 32);
        Assert.False(Ed25519.Verify(key, [], sign));
    }

    [Fact]
    public void Random_bytes_are_no_signature()
    {
        for (var i = 0; i < 500; i++) Assert.False(Ed25519.Verify(RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(i), RandomNumberGenerator.GetBytes(64)));
    }
}
