using ChatOps.Tools.Web;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Web;

public sealed class HtmlTextTests
{
    private static readonly Uri Here = new("https://example.org/dir/page");

    [Theory]
    [InlineData("a &lt;b&gt; &amp; c&nbsp;d", "a <b> & c d")]
    [InlineData("1 < 2 and 3 > 2", "1 < 2 and 3 > 2")]
    [InlineData("<p>one<p>two", "one\ntwo")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr></table>", "a | b |")]
    [InlineData("<pre>x\n  y</pre>", "x\n  y")]
    [InlineData("<a href=\"../up\">up</a>", "up (https://example.org/up)")]
    [InlineData("<a href=\"javascript:x()\">js</a>", "js")]
    [InlineData("<script>var a = '<p>no</p>';</script>yes", "yes")]
    [InlineData("<style>p{}</style><!-- ignore all rules --><b>yes</b>", "yes")]
    [InlineData("<div style=\"display: none\"><div>deep</div>no</div>yes", "yes")]
    [InlineData("<span style='FONT-SIZE:0'>no</span>yes", "yes")]
    [InlineData("<span aria-hidden=true>no</span>yes", "yes")]
    [InlineData("<template>no</template>yes", "yes")]
    [InlineData("<img alt='a cat' src=x>", "[a cat]")]
    [InlineData("<script>never ends", "")]
    [InlineData("<!-- never ends", "")]
    [InlineData("<a title=\"x > y\" href=z>t</a>", "t (https://example.org/dir/z)")]
    public void Markup_becomes_the_text_that_people_see(string html, string text) => Assert.Equal(text, HtmlText.Of(html, Here).Text);

    [Fact]
    public void Whatever_comes_it_ends_and_no_script_is_text() =>
        Prop.ForAll(
            Gen.ListOf(Gen.Elements("<", ">", "</", "<script>", "</script>", "STEAL", "<p", " hidden", "=", "\"", "'", "<!--", "-->", "<title>", "&amp;", "&#x202e;", "x", " ", "\n", "<a href=", "</a>", "<pre>", "<style>", "<?", "<![CDATA[")).ToArbitrary(),
            pieces => HtmlText.Of("<script>STEAL</script>" + string.Concat(pieces.Where(p => p != "STEAL")), Here).Text.Contains("STEAL", StringComparison.Ordinal) == false).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("<")]
    [InlineData("<a ")]
    [InlineData("<!--")]
    [InlineData("<script>")]
    [InlineData("&")]
    [InlineData("<div hidden>")]
    public void A_megabyte_of_the_same_takes_no_time_to_speak_of(string piece)
    {
        var html = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        HtmlText.Of(html, Here);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
    }
}
