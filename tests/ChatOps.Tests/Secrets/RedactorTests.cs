using System.Text;
using ChatOps.Secrets;
using ChatOps.Secrets.Redaction;
using ChatOps.Testing;

namespace ChatOps.Tests.Secrets;

public sealed class RedactorTests
{
    private static readonly Redactor Redactor = New(1);

    public static TheoryData<int> Secrets => [.. Enumerable.Range(0, SecretCorpus.All.Count)];

    public static TheoryData<int> Innocents => [.. Enumerable.Range(0, InnocentCorpus.All.Count)];

    [Fact]
    public void The_corpus_is_large_enough()
    {
        Assert.InRange(SecretCorpus.All.Count, 120, int.MaxValue);
        Assert.InRange(InnocentCorpus.All.Count, 120, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_secret_vanishes_and_its_surroundings_stay(int index)
    {
        var (text, secret) = SecretCorpus.All[index];
        var redacted = Redactor.Redact(text.Replace("§", secret, StringComparison.Ordinal));
        var parts = text.Split('§');
        Assert.DoesNotContain(secret, redacted, StringComparison.Ordinal);
        Assert.StartsWith(parts[0] + Marker.Prefix, redacted, StringComparison.Ordinal);
        Assert.EndsWith("]" + parts[1], redacted, StringComparison.Ordinal);
        Assert.Equal(redacted, Redactor.Redact(redacted));
    }

    [Theory]
    [MemberData(nameof(Innocents))]
    public void What_is_no_secret_stays_as_it_is(int index) => Assert.Equal(InnocentCorpus.All[index], Redactor.Redact(InnocentCorpus.All[index]));

    [Fact]
    public void Equal_secrets_have_equal_markers_and_only_under_the_same_key()
    {
        var first = Redactor.Redact("password=swordfish1");
        Assert.Equal(first, Redactor.Redact("password=swordfish1"));
        Assert.NotEqual(first, Redactor.Redact("password=swordfish2"));
        Assert.NotEqual(first, New(2).Redact("password=swordfish1"));
        Assert.Matches("^password=\\[redacted:password:[0-9a-f]{4}\\]$", first);
    }

    [Theory]
    [InlineData("", 20)]
    [InlineData("RSA ", 50)]
    [InlineData("EC ", 3)]
    [InlineData("OPENSSH ", 7)]
    [InlineData("ENCRYPTED ", 30)]
    public void A_private_key_block_keeps_its_borders_alone(string kind, int lines)
    {
        var pem = SecretCorpus.Pem(kind, lines);
        var redacted = Redactor.Redact("before\n" + pem + "after\n");
        Assert.Matches($"^before\n-----BEGIN {kind}PRIVATE KEY-----\n\\[redacted:private-key:[0-9a-f]{{4}}\\]\n-----END {kind}PRIVATE KEY-----\nafter\n$", redacted);
        Assert.Equal(redacted, Redactor.Redact(redacted));
    }

    [Fact]
    public void A_private_key_without_its_end_vanishes_up_to_the_next_ordinary_line()
    {
        var pem = SecretCorpus.Pem("RSA ", 10);
        var cut = pem[..pem.IndexOf("AgMBAAE", StringComparison.Ordinal)];
        Assert.Matches("^-----BEGIN RSA PRIVATE KEY-----\n\\[redacted:private-key:[0-9a-f]{4}\\]\n$", Redactor.Redact(cut));
        var followed = Redactor.Redact(cut + "and then: an ordinary line\nmore\n");
        Assert.EndsWith("]\nand then: an ordinary line\nmore\n", followed, StringComparison.Ordinal);
        AssertNoBody(pem, followed);
    }

    [Fact]
    public void A_private_key_without_its_beginning_vanishes()
    {
        var pem = SecretCorpus.Pem("RSA ", 30);
        var rest = pem[(pem.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        Assert.Matches("^ordinary\n\\[redacted:private-key:[0-9a-f]{4}\\]\n-----END RSA PRIVATE KEY-----\n$", Redactor.Redact("ordinary\n" + rest));
    }

    [Theory]
    [InlineData("    ")]
    [InlineData("> ")]
    [InlineData("web-1 | ")]
    [InlineData("2024-10-01T12:00:00Z app ")]
    public void A_private_key_is_found_behind_a_prefix_on_each_line(string prefix)
    {
        var pem = SecretCorpus.Pem("", 12);
        var redacted = Redactor.Redact(prefix + pem.TrimEnd('\n').Replace("\n", "\n" + prefix, StringComparison.Ordinal));
        AssertNoBody(pem, redacted);
        Assert.Contains(prefix + Marker.Prefix, redacted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"key\":\"$\",\"next\":1}", "\\n")]
    [InlineData("KEY=\"$\"", "\\n")]
    [InlineData("line $ end", " ")]
    [InlineData("{\"log\":\"{\\\"k\\\":\\\"$\\\"}\"}", "\\\\n")]
    public void A_private_key_on_one_line_vanishes(string text, string lineEnd)
    {
        var pem = SecretCorpus.Pem("RSA ", 25);
        var redacted = Redactor.Redact(text.Replace("$", pem.Replace("\n", lineEnd, StringComparison.Ordinal), StringComparison.Ordinal));
        AssertNoBody(pem, redacted);
        Assert.EndsWith(text[(text.IndexOf('$', StringComparison.Ordinal) + 1)..], redacted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\x1b[31m")]
    [InlineData("\x1b[0m\x1b[K")]
    [InlineData("\x1b]0;title\x07")]
    [InlineData("\u200b")]
    [InlineData("\u202e")]
    [InlineData("\u00ad")]
    [InlineData("\u0000")]
    [InlineData("x\b")]
    public void What_a_reader_does_not_see_inside_a_secret_does_not_hide_it(string hidden)
    {
        var secret = SecretCorpus.Make("ghp_", "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 36);
        for (var at = 1; at < secret.Length; at += 7)
        {
            var redacted = Redactor.Redact($"is {secret[..at]}{hidden}{secret[at..]} here");
            Assert.Matches("^is \\[redacted:github-token:[0-9a-f]{4}\\] here$", redacted);
        }

        Assert.DoesNotContain("hunter2-prod", Redactor.Redact($"DB_PASS{hidden}WORD=hunter2-prod"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_inside_of_a_sequence_is_found()
    {
        var secret = SecretCorpus.Make("ghp_", "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 36);
        Assert.DoesNotContain(secret, Redactor.Redact($"\x1b]8;;https://host/{secret}\x1b\\link\x1b]8;;\x1b\\"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_known_value_is_found_in_every_form_it_takes()
    {
        var redactor = New(1);
        const string value = "Kn0wn \"v@lue\"/with=signs";
        redactor.AddKnown(value, "Gateway key!");
        redactor.AddKnown("short", "ignored");
        string[] forms =
        [
            value,
            Uri.EscapeDataString(value),
            System.Text.Json.JsonSerializer.Serialize(value).Trim('"'),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(value)),
            Convert.ToBase64String(Encoding.UTF8.GetBytes("a" + value)),
            Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + value + "!")),
            Convert.ToBase64String(Encoding.UTF8.GetBytes("ab" + value + "xy")).Replace('+', '-').Replace('/', '_'),
        ];
        foreach (var form in forms)
        {
            var redacted = redactor.Redact($"x {form} y");
            Assert.Matches("^x .{0,8}\\[redacted:gateway-key:[0-9a-f]{4}\\].{0,8} y$", redacted);
        }

        Assert.Equal("short", redactor.Redact("short"));
    }

    [Fact]
    public void A_text_that_was_clean_is_looked_at_again_once_its_value_is_known_to_be_secret()
    {
        var redactor = New(1);
        Assert.Equal("restart blue-heron", redactor.Redact("restart blue-heron"));
        Assert.Equal("restart blue-heron", redactor.Redact("restart blue-heron"));
        redactor.AddKnown("blue-heron", "gateway-key");
        Assert.DoesNotContain("blue-heron", redactor.Redact("restart blue-heron"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_known_value_of_several_lines_is_found_line_by_line()
    {
        var redactor = New(1);
        redactor.AddKnown("first line of a secret\nsecond line of a secret\n", "note");
        Assert.Matches("^> \\[redacted:note:....\\]\n> \\[redacted:note:....\\]$", redactor.Redact("> first line of a secret\n> second line of a secret"));
    }

    [Fact]
    public void A_mebibyte_is_redacted_quickly()
    {
        var line = InnocentCorpus.All.Concat(SecretCorpus.All.Take(40).Select(entry => entry.Text.Replace("§", entry.Secret, StringComparison.Ordinal)));
        var page = string.Join('\n', line) + "\n";
        var text = string.Concat(Enumerable.Repeat(page, (1 << 20) / page.Length + 1));
        Redactor.Redact(text);
        var cost = ThreadTime.Of(() => Redactor.Redact(text));
        Assert.True(cost < TimeSpan.FromSeconds(5), $"{text.Length} characters took {cost}");
    }

    [Theory]
    [InlineData("password=\"")]
    [InlineData("sk-")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("https://a:")]
    [InlineData("://")]
    [InlineData("@tcp(")]
    [InlineData("eyJ")]
    [InlineData("a.")]
    [InlineData("token:")]
    [InlineData("\x1b]")]
    [InlineData("\x1b[")]
    [InlineData("[redacted:")]
    [InlineData("kind\"data\":{")]
    [InlineData("mysql -p ")]
    [InlineData("cookie:a=")]
    [InlineData("authorization: ")]
    [InlineData("A")]
    [InlineData("key_")]
    [InlineData("passwordSecretTokenKey")]
    [InlineData("\u200d")]
    [InlineData("x\b")]
    [InlineData(":AA")]
    [InlineData("8Q~")]
    public void Hostile_text_takes_linear_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length));
        var cost = ThreadTime.Of(() =>
        {
            Redactor.Redact(text);
            Redactor.Redact(text.Insert(text.Length / 2, "\n"));
        });
        Assert.True(cost < TimeSpan.FromSeconds(15), $"{piece} took {cost}");
    }

    internal static Redactor New(byte key) => new(new SecretsOptions { Key = Enumerable.Repeat(key, 32).ToArray() });

    private static void AssertNoBody(string pem, string text)
    {
        foreach (var line in SecretCorpus.Body(pem))
            Assert.DoesNotContain(line[4..40], text, StringComparison.Ordinal);
    }
}
