using System.Text;
using System.Text.Json;
using ChatOps.Channels.Discord;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Testing.Discord;
using ChatOps.Testing.Schemas;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>Renderings as they are sent, kept in Golden/ and looked at. <c>CHATOPS_GOLDEN=write</c> writes them anew.</summary>
public sealed class DiscordRenderingTests
{
    private const long MaxUpload = 10L * 1024 * 1024;
    private const string Hostile = "@everyone <@&1> <#2> <t:0:R> [click](https://evil.example) ||boo|| # big\n# big\n> quote\n- list\n1. one\n~~gone~~ `tick` ```fence``` :smile: https://evil.example \u202egnp \u200bx";

    private static readonly JsonSerializerOptions Indented = new(DiscordJson.Options) { WriteIndented = true };

    public static TheoryData<string> Names { get; } = new(Messages().Select(m => m.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_looks_as_it_was_approved(string name)
    {
        var message = Messages().Single(m => m.Name == name).Message;
        var pages = DiscordOutbound.Pages(message, MaxUpload);
        var text = new StringBuilder();
        foreach (var page in pages)
        {
            var payload = DiscordOutbound.Payload(page);
            DiscordForm.Message(JsonSerializer.SerializeToNode(payload, DiscordJson.Options)!.AsObject(), edit: false, interaction: false, page.Files.Count);
            text.AppendLine(JsonSerializer.Serialize(payload, Indented));
            foreach (var file in page.Files) text.Append("file ").Append(file.Name).Append(' ').Append(file.Bytes).AppendLine(file.Text is null ? " kept" : " bytes");
        }

        var path = RepositoryFiles.Of($"tests/ChatOps.Channels.Tests/Discord/Golden/{name}.json");
        if (Environment.GetEnvironmentVariable("CHATOPS_GOLDEN") == "write") File.WriteAllText(path, text.ToString());
        Assert.Equal(File.ReadAllText(path), text.ToString());
    }

    [Theory]
    [InlineData("\\*not bold\\*")]
    [InlineData("plain @everyone <@123456> <@&1> <#1> </run:1> <t:1:R> <:x:1> <id:guide>")]
    [InlineData("[a](https://x.example) <https://x.example> https://x.example")]
    [InlineData("# head\n## head\n-# small\n> quote\n>>> quote\n- a\n+ b\n* c\n1. d\n12) e\n||x|| ~~y~~ _z_ __w__ `c` ```d```")]
    public void Text_from_outside_has_every_mark_escaped_and_reads_unchanged(string text)
    {
        var escaped = DiscordMarkdown.Escape(text);
        Assert.Equal(text, Unescape(escaped));
        for (var i = 0; i < escaped.Length; i++)
        {
            if ("*_~|<>@#`[]:".Contains(escaped[i], StringComparison.Ordinal)) Assert.True(i > 0 && escaped[i - 1] == '\\', $"'{escaped[i]}' at {i} in {escaped}");
        }

        foreach (var line in escaped.Split('\n')) Assert.DoesNotMatch(@"^\s*([-+*]|\d+[.)]) ", line);
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(2001)]
    [InlineData(6000)]
    [InlineData(100_000)]
    public void Long_text_of_any_kind_becomes_valid_numbered_pages_and_the_buttons_are_on_the_last(int length)
    {
        string[] kinds = ["x", "wort ", "👩‍👩‍👧 ", "e\u0301", "line\n", "`", "```\n", "*"];
        foreach (var kind in kinds)
        {
            var text = string.Concat(Enumerable.Repeat(kind, length / kind.Length + 1))[..length];
            if (char.IsHighSurrogate(text[^1])) text = text[..^1];
            foreach (var block in new Block[] { new TextBlock(text), new TextBlock(PlainText.Escape(text)), new CodeBlock(text, "web-1"), new FieldsBlock([new Field("f", text)]), new TableBlock(["a"], [[text]]) })
            {
                var pages = DiscordOutbound.Pages(new RichMessage([block, new ActionsBlock([new MessageAction("t", "Go", ActionStyle.Plain)])]), MaxUpload);
                Assert.InRange(pages.Count, 1, DiscordLimits.Pages + 2);
                for (var i = 0; i < pages.Count; i++)
                {
                    var body = JsonSerializer.SerializeToNode(DiscordOutbound.Payload(pages[i]), DiscordJson.Options)!.AsObject();
                    DiscordForm.Message(body, edit: false, interaction: false, pages[i].Files.Count);
                    Assert.Equal(i == pages.Count - 1 ? 1 : 0, pages[i].Actions.Count);
                    Assert.True(Fences(pages[i].Text) % 2 == 0, pages[i].Text);
                    Assert.DoesNotContain('\ufffd', pages[i].Text);
                }

                if (pages.Count(p => p.Text.Length > 0) > 1) Assert.All(pages.Where(p => p.Text.Length > 0), p => Assert.Matches(@"\n-# \d+/\d+$", p.Text));
            }
        }
    }

    [Fact]
    public void Nothing_of_a_long_text_is_lost()
    {
        var words = Enumerable.Range(0, 2000).Select(i => $"word{i}").ToList();
        var pages = DiscordOutbound.Pages(RichMessage.Text(string.Join(' ', words)), MaxUpload);
        var all = string.Join(' ', pages.Select(p => p.Text));
        Assert.All(words, w => Assert.Contains(w, all, StringComparison.Ordinal));
    }

    [Fact]
    public void A_cards_text_over_several_pages_keeps_its_form()
    {
        var fields = Enumerable.Range(0, 200).Select(i => new Field($"target {i}", "web-" + new string('x', 30))).ToList();
        var pages = DiscordOutbound.Pages(new RichMessage([new CardBlock("A", "Big", "pending", Risk.Dangerous), new FieldsBlock(fields), new ActionsBlock([new MessageAction("t", "Go", ActionStyle.Danger, "Sure?")])]), MaxUpload);
        Assert.True(pages.Count > 1);
        Assert.All(pages, p => DiscordForm.Message(JsonSerializer.SerializeToNode(DiscordOutbound.Payload(p), DiscordJson.Options)!.AsObject(), edit: false, interaction: false, p.Files.Count));
        Assert.Single(pages[^1].Actions);
    }

    [Fact]
    public void Thirty_buttons_become_five_rows_and_long_labels_are_cut_between_letters()
    {
        var actions = Enumerable.Range(0, 30).Select(i => new MessageAction($"t{i}", string.Concat(Enumerable.Repeat("👩‍👩‍👧", 20)), ActionStyle.Plain)).ToList();
        var payload = DiscordOutbound.Payload(DiscordOutbound.Pages(new RichMessage([new TextBlock("x"), new ActionsBlock(actions)]), MaxUpload)[^1]);
        Assert.Equal((5, 5), (payload.Components!.Count, payload.Components[0].Components!.Count));
        Assert.All(payload.Components.SelectMany(r => r.Components!), b => Assert.True(b.Label!.Length <= 80 && b.Label.EndsWith('…') && b.Label.EnumerateRunes().All(r => r != Rune.ReplacementChar)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("c1|go|")]
    [InlineData("c1|go||")]
    [InlineData("c2|go|t|")]
    [InlineData("c1|fly|t|")]
    [InlineData("c1|go|t|notanumber")]
    [InlineData("go|t|1")]
    [InlineData(null)]
    public void An_id_that_is_none_of_ours_is_not_read(string? id) => Assert.Null(ButtonId.Parse(id));

    [Fact]
    public void Ids_of_buttons_are_read_back_and_fit()
    {
        var id = new ButtonId(ButtonStep.Yes, new string('T', 40), "18446744073709551615");
        Assert.Equal(id, ButtonId.Parse(id.ToString()));
        Assert.InRange(id.ToString().Length, 1, DiscordLimits.CustomId);
    }

    private static int Fences(string text) => text.Split('\n').Count(l => l.StartsWith("```", StringComparison.Ordinal));

    private static string Unescape(string text)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && !char.IsAsciiLetterOrDigit(text[i + 1]) && text[i + 1] > ' ') i++;
            result.Append(text[i]);
        }

        return result.ToString();
    }

    private static (string Name, RichMessage Message)[] Messages() =>
    [
        ("card-pending", new RichMessage([
            new CardBlock("7F3K2M", "Restart nginx on 3 nodes", "pending", Risk.Dangerous),
            new FieldsBlock([new Field("Asked by", "ada"), new Field("Where", "web-1, web-2, web-3"), new Field("Until", "12:05")]),
            new CodeBlock("systemctl restart nginx", "will run as deploy"),
            new ActionsBlock([new MessageAction("tokA", "Restart 3 nodes", ActionStyle.Danger, "Restart nginx on 3 nodes?"), new MessageAction("tokB", "Decline", ActionStyle.Plain, AsksReason: true)])])),
        ("card-approved", new RichMessage([
            new CardBlock("7F3K2M", "Restart nginx on 3 nodes", "approved", Risk.Change), new TextBlock("Approved by **eve** at 12:01.", Tone.Ok), new ProgressBlock("Restarts", 2, 3)])),
        ("card-denied", new RichMessage([new CardBlock("7F3K2M", "Restart nginx on 3 nodes", "denied", Risk.Change), new TextBlock("Declined by eve: *not on a Friday*.", Tone.Refused)])),
        ("card-picture", new RichMessage([new CardBlock("7F3K2M", "Load of web-1", "succeeded", Risk.Read), new TextBlock("The last hour."), new FileBlock("load.png", "inv1", 2048), new FileBlock("load.csv", "inv2", 99)])),
        ("table", new RichMessage([new TextBlock("Nodes:"), new TableBlock(["Node", "State", "Load"], [["web-1", "up", "0.20"], ["web-2", "down", "–"]]),
            new TableBlock(["Node", "What it says"], [["web-1", new string('w', 60)], ["web-2", "short"]])])),
        ("long-code", new RichMessage([new CodeBlock(string.Join('\n', Enumerable.Range(1, 200).Select(i => $"\u001b[32mline {i}\u001b[0m of the log")), "web-1"), new FileBlock("dump.tar.gz", "inv1", 2048), new FileBlock("huge.img", "inv2", 1L << 40)])),
        ("hostile", new RichMessage([new TextBlock(PlainText.Escape(Hostile)), new TextBlock("`" + "@everyone <@1>" + "` and `a``b`"), new CodeBlock(Hostile + "\n```\nout of it", Hostile), new FieldsBlock([new Field(Hostile, Hostile)]),
            new TableBlock(["@here", "b"], [[Hostile, "x"]])])),
        ("progress", new RichMessage([new ProgressBlock("Copies files", 3, 7), new ProgressBlock("Waits", 0, null)])),
        ("job", new RichMessage([new TextBlock("Running: /run systemctl is-active nginx --on role=web", Tone.Waiting), new ProgressBlock("Nodes", 31, 40),
            new TextBlock("28 ok · 2 failed · 1 timed-out · 6 running · 3 waiting", Tone.Failed), new TextBlock(PlainText.Escape("Slow: web-7 (14 s), web-31 (9 s) and 4 more")),
            new PageBlock("Every node", "/jobs/01k9-1", "https://ops.example.com/jobs/01k9-1"),
            new ActionsBlock([new MessageAction("tok-tail", "Tail", ActionStyle.Plain), new MessageAction("tok-stop", "Stop", ActionStyle.Danger)])])),
        ("text", new RichMessage([new TextBlock("## Heading\nText with **bold**, *italic*, `code` and a [link](https://example.org).\n- one\n  - deep\n1. first\n> quoted\n```\ncode @everyone\n```\nend", Tone.Ok)])),
    ];
}
