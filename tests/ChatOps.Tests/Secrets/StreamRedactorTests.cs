using System.Text;
using ChatOps.Secrets.Redaction;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Secrets;

public sealed class StreamRedactorTests
{
    private const int MaxHeld = 8 * 1024;
    private static readonly Redactor Redactor = RedactorTests.New(1);

    // Texts made of secrets, innocents, keys, long lines and noise.
    private static readonly string[] Pieces =
    [
        .. SecretCorpus.All.Select(entry => entry.Text.Replace("§", entry.Secret, StringComparison.Ordinal) + "\n"),
        .. InnocentCorpus.All.Select(text => text + "\n"),
        .. InnocentCorpus.All,
        SecretCorpus.Pem("RSA ", 12),
        SecretCorpus.Pem("", 40).Replace("\n", "\\n", StringComparison.Ordinal),
        SecretCorpus.Pem("EC ", 20).Split("-----\n", 2)[1],
        SecretCorpus.Pem("EC ", 20).Split("-----END")[0],
        new string('x', 3000),
        string.Concat(Enumerable.Repeat("word ", 900)),
        "\x1b[31mred\x1b[0m ",
        "\r\n",
        "password=",
        "\n",
    ];

    private static readonly Arbitrary<string> Texts =
        Gen.ListOf(Gen.Elements(Pieces)).Select(pieces => string.Concat(pieces.Take(12))).ToArbitrary();

    [Fact]
    public void However_a_text_is_cut_the_result_is_the_same() =>
        Prop.ForAll(Texts, Gen.ListOf(Gen.Choose(1, 700)).ToArbitrary(), (text, cuts) => InPieces(text, [.. cuts]) == Redactor.Redact(text)).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Redacting_again_changes_nothing() =>
        Prop.ForAll(Texts, text =>
        {
            var once = Redactor.Redact(text);
            Assert.Equal(once, Redactor.Redact(once));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void One_character_at_a_time_gives_the_same()
    {
        var text = string.Concat(Pieces);
        Assert.Equal(Redactor.Redact(text), InPieces(text, [1]));
    }

    [Fact]
    public void A_secret_is_found_wherever_it_stands_in_a_very_long_line()
    {
        var secret = SecretCorpus.Make("ghp_", "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 36);
        for (var before = 0; before < 3 * RedactionSession.Window; before += 13)
        {
            var text = string.Concat(Enumerable.Repeat("lorem ipsum ", (before / 12) + 1))[..before] + " " + secret + " " + new string('.', 3000);
            Assert.DoesNotContain(secret[4..], Redactor.Redact(text), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_token_longer_than_the_window_vanishes_to_its_end()
    {
        var token = SecretCorpus.Make("eyJhbGciOiJSUzI1NiJ9.eyJzdWIi", "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789_-", 9000) + "." + SecretCorpus.Make("", "abcdef0123456789", 300);
        Assert.Matches("^x \\[redacted:jwt:....\\] y$", Redactor.Redact("x " + token + " y"));
    }

    [Theory]
    [InlineData("apiVersion: v1\ndata:\n  tls.crt: $\n  tls.key: $\nkind: Secret\n")]
    [InlineData("apiVersion: v1\nkind: Secret\ndata:\n  tls.key: $\n  small: $\n")]
    [InlineData("{\n \"apiVersion\": \"v1\",\n \"data\": {\n  \"tls.key\": \"$\"\n },\n \"kind\": \"Secret\"\n}\n")]
    [InlineData("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"data\":{\"tls.key\":\"$\"}}\n")]
    public void A_long_value_of_a_kubernetes_secret_vanishes_to_its_end(string text)
    {
        var value = SecretCorpus.Make("LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t", "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkl0123456789", 6000);
        var redacted = Redactor.Redact(text.Replace("$", value, StringComparison.Ordinal));
        for (var at = 0; at + 24 < value.Length; at += 24)
            Assert.DoesNotContain(value.Substring(at, 24), redacted, StringComparison.Ordinal);
        Assert.Equal(redacted, Redactor.Redact(redacted));
        Assert.Equal(text.Count(character => character == '\n'), redacted.Count(character => character == '\n'));
    }

    [Fact]
    public void No_more_than_eight_kibibytes_are_held_back()
    {
        foreach (var text in new[] { string.Concat(Pieces), new string('A', 64) + "\n", "apiVersion: v1\ndata:\n" + string.Concat(Enumerable.Repeat("  key: dmFsdWU=\n", 2000)), new string('x', 50_000) })
        {
            var stream = Redactor.OpenStream();
            int pushed = 0, shown = 0;
            foreach (var part in string.Concat(Enumerable.Repeat(text, 100_000 / text.Length + 1)).Chunk(100))
            {
                pushed += part.Length;
                var safe = stream.Push(new string(part));
                shown += safe.Length;

                // Markers are at most twice as long as what they replace; a private key's content is gone rather than held.
                if (!text.Contains("PRIVATE KEY", StringComparison.Ordinal))
                    Assert.InRange(pushed - shown, int.MinValue, MaxHeld);
            }
        }
    }

    [Fact]
    public void A_line_is_shown_as_soon_as_it_is_complete()
    {
        var stream = Redactor.OpenStream();
        Assert.Equal("", stream.Push("hel"));
        Assert.Equal("hello\n", stream.Push("lo\nwor"));
        Assert.Equal("wor", stream.Flush());
    }

    private static string InPieces(string text, int[] cuts)
    {
        var stream = Redactor.OpenStream();
        var output = new StringBuilder();
        var at = 0;
        for (var index = 0; at < text.Length; index++)
        {
            var length = Math.Min(text.Length - at, cuts.Length == 0 ? 100 : cuts[index % cuts.Length]);
            output.Append(stream.Push(text.Substring(at, length)));
            at += length;
        }

        return output.Append(stream.Flush()).ToString();
    }
}
