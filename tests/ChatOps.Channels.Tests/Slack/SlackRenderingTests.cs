using System.Globalization;
using System.Text.Json;
using ChatOps.Channels.Slack;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Testing.Schemas;
using ChatOps.Testing.Slack;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>Rich messages as Block Kit. The golden files were looked at; <c>CHATOPS_GOLDEN=write</c> writes them anew.</summary>
public sealed class SlackRenderingTests
{
    private const string Hostile = "<!channel> <@U1> *b* _i_ `c` ~s~ <https://evil.example|good> :smile: &amp; \u202egnp.exe \u200b\u001b[31mred\u001b[0m ```fence";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Names => [.. Messages.Keys];

    private static Dictionary<string, RichMessage> Messages { get; } = new()
    {
        ["card-pending"] = new(
        [
            new CardBlock("K7F3QX", "Restart nginx on 3 nodes (prod)", "pending", Risk.Dangerous),
            new FieldsBlock([new Field("Asked by", "Ada"), new Field("Nodes", "web-1, web-2, web-3"), new Field("Rule", "service restarts in prod need approval"), new Field("Expires", "in 15 minutes")]),
            new CodeBlock("systemctl restart nginx", "will run as deploy"),
            new ActionsBlock([new MessageAction("v1.approve.AAAAAAAAAAAAAAAAAAAAAA.1", "Restart 3 nodes", ActionStyle.Danger, "This restarts nginx on web-1, web-2 and web-3 in prod."), new MessageAction("v1.deny.AAAAAAAAAAAAAAAAAAAAAA.1", "Decline", ActionStyle.Plain, AsksReason: true)]),
        ]),
        ["card-approved"] = new(
        [
            new CardBlock("K7F3QX", "Restart nginx on 3 nodes (prod)", "succeeded", Risk.Dangerous),
            new FieldsBlock([new Field("Asked by", "Ada"), new Field("Approved by", "Grace at 09:02 UTC: maintenance window"), new Field("Outcome", "3 of 3 done in 4.2 s")]),
        ]),
        ["card-denied"] = new([new CardBlock("K7F3QX", "Restart nginx on 3 nodes (prod)", "denied", Risk.Dangerous), new TextBlock("Declined by **Grace**: not before the freeze.", Tone.Refused)]),
        ["text"] = new([new TextBlock("# Heading\nSome **bold**, *italic* and `code` text.\n\n- one\n- two\n  - nested\n\n3. third\n4. fourth\n\n> a quote\n> goes on\n\n```\nfenced *text*\n```\nEnd.")]),
        ["table-narrow"] = new([new TableBlock(["Node", "State", "Load"], [["web-1", "ok", "0.31"], ["web-2", "ok", "0.29"], ["db-1", "degraded", "4.02"]])]),
        ["table-wide"] = new([new TableBlock(["Name", "Environment", "Address", "Last seen", "Labels"], [["web-1", "production", "10.1.2.3", "2 minutes ago", "role=web,env=prod"], ["web-2", "production", "10.1.2.4", "just now", "role=web,env=prod"]])]),
        ["code-long"] = new([new CodeBlock(string.Join('\n', Enumerable.Range(1, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i:000} the quick brown fox"))), "web-1: journalctl -u nginx")]),
        ["file"] = new([new TextBlock("Finished on **web-1**.", Tone.Ok), new FileBlock("journal.txt", "inv1", 123_456)]),
        ["picture"] = new([new TextBlock("The last hour of **web-1**."), new FileBlock("load.png", "inv1", 2048)]),
        ["progress"] = new([new ProgressBlock("Restarts nginx", 3, 7), new ProgressBlock("Waits for nodes", 0, null)]),
        ["job"] = new([new TextBlock("Running: /run systemctl is-active nginx --on role=web", Tone.Waiting), new ProgressBlock("Nodes", 31, 40),
            new TextBlock("28 ok · 2 failed · 1 timed-out · 6 running · 3 waiting", Tone.Failed), new TextBlock(PlainText.Escape("Slow: web-7 (14 s), web-31 (9 s) and 4 more")),
            new PageBlock("Every node", "/jobs/01k9-1", "https://ops.example.com/jobs/01k9-1"),
            new ActionsBlock([new MessageAction("tok-tail", "Tail", ActionStyle.Plain), new MessageAction("tok-stop", "Stop", ActionStyle.Danger)])]),
        ["hostile"] = new([new CardBlock("A1", Hostile, "pending", Risk.Change), new TextBlock(PlainText.Escape(Hostile)), new CodeBlock(Hostile, Hostile), new FieldsBlock([new Field(Hostile, Hostile)]), new TableBlock([Hostile], [[Hostile]]), new ActionsBlock([new MessageAction("t", Hostile, ActionStyle.Primary, Hostile)])]),
        ["empty"] = new([]),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_of_each_kind_looks_as_it_was_approved(string name)
    {
        var rendering = SlackOutbound.Render(Messages[name], "rev");
        Assert.All(rendering.Pages, p => Assert.Null(SlackBlockRules.Check(p.Blocks)));
        var shown = JsonSerializer.Serialize(new
        {
            pages = rendering.Pages.Select(p => new { text = p.Text, blocks = p.Blocks }),
            files = rendering.Files.Select(f => new { name = f.Name, fileId = f.FileId, length = f.Content?.Length }),
        }, Indented).Replace("\r\n", "\n", StringComparison.Ordinal) + "\n";
        var file = Golden(name);
        if (Environment.GetEnvironmentVariable("CHATOPS_GOLDEN") == "write")
        {
            File.WriteAllText(file, shown);
        }

        Assert.Equal(File.ReadAllText(file), shown);
    }

    [Theory]
    [InlineData(2999)]
    [InlineData(3000)]
    [InlineData(3001)]
    [InlineData(11_999)]
    [InlineData(12_001)]
    [InlineData(60_000)]
    public void Text_of_every_length_fits_and_no_character_is_cut(int length)
    {
        var cluster = "👩‍👩‍👧‍👦é́";
        var text = string.Concat(Enumerable.Repeat(cluster, (length / cluster.Length) + 1));
        var rendering = SlackOutbound.Render(new RichMessage([new TextBlock(text)]), "rev");
        Assert.All(rendering.Pages, p => Assert.Null(SlackBlockRules.Check(p.Blocks)));
        var pieces = rendering.Pages.SelectMany(p => p.Blocks).Where(b => b!["type"]!.GetValue<string>() == "rich_text")
            .Select(b => string.Concat(b!["elements"]!.AsArray().SelectMany(e => e!["elements"]!.AsArray()).Select(e => e!["text"]!.GetValue<string>()))).ToList();
        Assert.Equal(text, string.Concat(pieces));
        Assert.All(pieces, p => Assert.StartsWith("👩", p, StringComparison.Ordinal));
    }

    [Fact]
    public void More_blocks_and_buttons_than_a_message_takes_go_into_several()
    {
        var blocks = Enumerable.Range(0, 120).Select(i => (Block)new FieldsBlock([new Field($"f{i}", "x")]));
        var actions = new ActionsBlock([.. Enumerable.Range(0, 60).Select(i => new MessageAction($"t{i}", $"Button {i}", ActionStyle.Plain))]);
        var rendering = SlackOutbound.Render(new RichMessage([actions, .. blocks]), "rev");
        Assert.Equal(3, rendering.Pages.Count);
        Assert.All(rendering.Pages, p => Assert.Null(SlackBlockRules.Check(p.Blocks)));
        Assert.Equal(60, rendering.Pages[^1].Blocks.Where(b => b!["type"]!.GetValue<string>() == "actions").Sum(b => b!["elements"]!.AsArray().Count));
    }

    [Fact]
    public void Long_labels_and_titles_fit_and_a_title_can_be_read_to_its_end()
    {
        var wide = string.Concat(Enumerable.Repeat("wide 👩‍🔧 ", 60));
        var rendering = SlackOutbound.Render(new RichMessage([new CardBlock("A1", wide, "pending", Risk.Change), new ActionsBlock([new MessageAction(new string('t', 40), wide, ActionStyle.Danger, wide + wide)])]), new string('r', 40));
        var page = Assert.Single(rendering.Pages);
        Assert.Null(SlackBlockRules.Check(page.Blocks));
        Assert.Contains(wide.Trim(), new SlackPost { Ts = "1", Channel = "C", Blocks = page.Blocks }.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_edit_has_other_block_ids()
    {
        var one = SlackOutbound.Render(Messages["card-pending"], SlackSender.Revision("o1")).Pages[0].Blocks.Select(b => b!["block_id"]!.GetValue<string>());
        var two = SlackOutbound.Render(Messages["card-pending"], SlackSender.Revision("o2")).Pages[0].Blocks.Select(b => b!["block_id"]!.GetValue<string>());
        Assert.Empty(one.Intersect(two));
    }

    [Fact]
    public void Whatever_the_text_is_slack_takes_it() => Prop.ForAll(ArbMap.Default.ArbFor<string[]>(), texts =>
    {
        var clean = texts.Select(t => t ?? "").ToList();
        var joined = string.Join('\n', clean);
        var message = new RichMessage(
        [
            new CardBlock("A1", joined, joined, Risk.Read), new TextBlock(joined), new TextBlock(PlainText.Escape(joined), Tone.Failed), new CodeBlock(joined, joined),
            new FieldsBlock([.. clean.Select(t => new Field(t, t))]), new TableBlock([.. clean], [[.. clean], []]), new ProgressBlock(joined, joined.Length, clean.Count),
            new FileBlock(joined, "f", 1), new ActionsBlock([.. clean.Select(t => new MessageAction("t", t, ActionStyle.Danger, t))]),
        ]);
        return SlackOutbound.Render(message, "rev").Pages.All(p => SlackBlockRules.Check(p.Blocks) is null && p.Text.Length is > 0 and < 40_000);
    }).QuickCheckThrowOnFailure();

    private static string Golden(string name) => RepositoryFiles.Of($"tests/ChatOps.Channels.Tests/Slack/Golden/{name}.json");
}
