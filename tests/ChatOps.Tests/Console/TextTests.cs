using ChatOps.Console.Status;
using ChatOps.Console.Text;
using InertText = ChatOps.Rendering.InertText;

namespace ChatOps.Tests.Console;

public sealed class TextTests
{
    [Theory]
    [InlineData("**bold** *it* `code`", "<p><strong>bold</strong> <em>it</em> <code>code</code></p>")]
    [InlineData("- one\n- two", "<ul><li>one</li><li>two</li></ul>")]
    [InlineData("> said", "<blockquote><p>said</p></blockquote>")]
    [InlineData("one\ntwo", "<p>one<br>two</p>")]
    [InlineData("<b>no</b>", "<p>&lt;b&gt;no&lt;/b&gt;</p>")]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("[words](https://evil.example)", "<p>words (https://evil.example)</p>")]
    [InlineData("[x](javascript:alert(1))", "<p>x (javascript:alert(1))</p>")]
    [InlineData("![alt](https://evil.example/x.png)", "<p>alt (https://evil.example/x.png)</p>")]
    [InlineData("<https://evil.example>", "<p>https://evil.example</p>")]
    [InlineData("# not a heading", "<p># not a heading</p>")]
    [InlineData("&lt;script&gt;", "<p>&lt;script&gt;</p>")]
    public void Markdown_is_restricted_to_what_cannot_harm(string markdown, string html) => Assert.Equal(html, RestrictedMarkdown.Of(markdown).Value);

    [Fact]
    public void Text_that_nests_too_deeply_is_shown_as_written()
    {
        var text = new string('>', 5000) + " x";
        Assert.Contains("&gt;&gt;&gt;", RestrictedMarkdown.Of(text).Value);
    }

    [Theory]
    [InlineData("a\u202Eb", "a⟨U+202E⟩b")]
    [InlineData("a\u200Bb", "a⟨U+200B⟩b")]
    [InlineData("a\0b\u001b", "a⟨U+0000⟩b⟨U+001B⟩")]
    [InlineData("\U000E0041", "⟨U+E0041⟩")]
    [InlineData("tab\tnewline\n", "tab\tnewline\n")]
    [InlineData("👩‍🚀 שלום", "👩‍🚀 שלום")]
    public void What_would_deceive_is_shown_as_its_code(string text, string shown) => Assert.Equal(shown, InertText.Of(text));

    [Theory]
    [InlineData("oldestSeconds", "22.4", "oldest", "22 s")]
    [InlineData("oldestSeconds", "200000.0", "oldest", "2 d")]
    [InlineData("fileBytes", "2048", "file", "2 KiB")]
    [InlineData("deadLetters", "3", "dead letters", "3")]
    [InlineData("oldestSeconds", "none", "oldest", "none")]
    public void Facts_are_said_with_their_units(string name, string value, string label, string text) =>
        Assert.Equal((label, text), (FactText.Label(name), FactText.Value(name, value, DateTimeOffset.UnixEpoch)));

    [Fact]
    public void A_lone_surrogate_is_no_trouble() => Assert.Equal("a\uFFFDb", InertText.Of("a\uD800b"));
}
