using System.Text.RegularExpressions;
using ChatOps.Messages;
using ChatOps.Policy;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Console;

public sealed partial class BlockRenderingTests
{
    private const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> @everyone \u001b[31mred\u001b[0m \u202Eevil\u2069 \"' onload=1";

    public static TheoryData<string> Places => ["text", "code", "title", "label", "value", "column", "cell", "progress", "file", "button", "confirm", "card"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Hostile_text_is_inert_wherever_it_stands(string place)
    {
        Block block = place switch
        {
            "text" => new TextBlock(Hostile),
            "code" => new CodeBlock(Hostile),
            "title" => new CodeBlock("ok", Hostile),
            "label" => new FieldsBlock([new Field(Hostile, "v")]),
            "value" => new FieldsBlock([new Field("l", Hostile)]),
            "column" => new TableBlock([Hostile], [["x"]]),
            "cell" => new TableBlock(["c"], [[Hostile]]),
            "progress" => new ProgressBlock(Hostile, 1, 2),
            "file" => new FileBlock(Hostile, Hostile, 3),
            "button" => new ActionsBlock([new MessageAction("token", Hostile, ActionStyle.Plain)]),
            "confirm" => new ActionsBlock([new MessageAction("token", "Go", ActionStyle.Danger, Hostile)]),
            _ => new CardBlock("ABC123", Hostile, "pending", Risk.Change),
        };

        var html = await Rendered.MessageAsync(block);

        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<img", html);
        Assert.DoesNotMatch(InsideATag(), html);
        Assert.DoesNotContain('\u001b', html);
        Assert.DoesNotContain('\u202E', html);
        Assert.DoesNotContain("&#x202E;", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", html);
    }

    [Fact]
    public void No_text_whatsoever_makes_an_element_of_its_own() => Prop.ForAll<string>(text =>
    {
        var html = Rendered.MessageAsync(new CodeBlock(text ?? ""), new TextBlock(text ?? ""), new FieldsBlock([new Field("l", text ?? "")])).GetAwaiter().GetResult();
        return Tags().Matches(html).All(tag => Allowed.Contains(tag.Groups["name"].Value));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Colours_become_classes_of_the_theme()
    {
        var html = await Rendered.MessageAsync(new CodeBlock("\u001b[1;31mfailed\u001b[0m ok"));

        Assert.Contains("<span class=\"a-f1 a-bold\">failed</span> ok", html);
    }

    [Fact]
    public async Task Twenty_five_lines_fold_after_twenty_and_say_how_many_are_hidden()
    {
        var html = await Rendered.MessageAsync(new CodeBlock(string.Concat(Enumerable.Range(1, 25).Select(i => $"line {i}\n"))));

        Assert.Contains("Show 5 more lines", html);
        Assert.True(html.IndexOf("line 20\n", StringComparison.Ordinal) < html.IndexOf("<details", StringComparison.Ordinal));
        Assert.True(html.IndexOf("line 21\n", StringComparison.Ordinal) > html.IndexOf("<details", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Twenty_lines_do_not_fold() =>
        Assert.DoesNotContain("<details", await Rendered.MessageAsync(new CodeBlock(string.Concat(Enumerable.Repeat("x\n", 20)))));

    [Fact]
    public async Task Output_that_still_comes_shows_its_end()
    {
        var html = await Rendered.MessageAsync(live: true, new CodeBlock(string.Concat(Enumerable.Range(1, 60).Select(i => $"line {i}\n"))));

        Assert.Contains("Show 40 earlier lines", html);
        Assert.True(html.IndexOf("line 60", StringComparison.Ordinal) > html.IndexOf("</details>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_card_holds_its_buttons_with_token_confirm_and_key()
    {
        var html = await Rendered.MessageAsync(
            new CardBlock("7F3K2M", "Restart nginx on 3 nodes", "pending", Risk.Dangerous),
            new CodeBlock("systemctl restart nginx"),
            new ActionsBlock([new MessageAction("tok1", "Restart 3 nodes", ActionStyle.Danger, "Sure?", true), new MessageAction("tok2", "Decline", ActionStyle.Plain, null, true)]));

        Assert.Matches("(?s)data-card=\"7F3K2M\".*dangerous.*pending.*systemctl restart nginx", html);
        Assert.Matches("(?s)data-token=\"tok1\"[^>]*data-confirm=\"Sure\\?\"[^>]*data-asks-reason=\"yes\"[^>]*data-key=\"a\"", html);
        Assert.Matches("(?s)data-token=\"tok2\"[^>]*data-key=\"d\"", html);
    }

    private static readonly string[] Allowed =
        ["div", "span", "button", "svg", "path", "rect", "circle", "pre", "p", "dl", "dt", "dd", "strong", "em", "code", "ul", "ol", "li", "blockquote", "br", "hr", "details", "summary"];

    [GeneratedRegex("<(?:[a-z]+)[^>\"]*(?:\"[^\"]*\"[^>\"]*)*\\son[a-z]+=", RegexOptions.IgnoreCase)]
    private static partial Regex InsideATag();

    [GeneratedRegex("</?(?<name>[A-Za-z][A-Za-z0-9]*)")]
    private static partial Regex Tags();
}
