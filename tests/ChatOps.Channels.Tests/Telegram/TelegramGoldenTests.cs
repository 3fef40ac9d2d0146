using System.Text;
using ChatOps.Channels.Telegram;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Testing.Schemas;
using ChatOps.Testing.Telegram;

namespace ChatOps.Channels.Tests.Telegram;

/// <summary>
/// What people see on Telegram, as files that were looked at. With CHATOPS_GOLDEN=write in the environment they are written anew.
/// </summary>
public sealed class TelegramGoldenTests
{
    private const long MaxFile = 50_000_000;
    private const string Folder = "tests/ChatOps.Channels.Tests/Telegram/Golden";

    public static TheoryData<string> Names => [.. Messages.Keys];

    private static Dictionary<string, RichMessage> Messages { get; } = new()
    {
        ["card-pending"] = Card("pending", null, new ActionsBlock(
        [
            new MessageAction("tok-approve", "Restart on 3 nodes", ActionStyle.Danger, "Restart nginx. This can interrupt service.", AsksReason: true),
            new MessageAction("tok-deny", "Decline", ActionStyle.Plain, AsksReason: true),
            new MessageAction("tok-always", "Always allow for 30 days", ActionStyle.Plain, "Runs it now, and lets ada run exactly this there for 30 days without asking."),
        ])),
        ["card-approved"] = Card("succeeded", new TextBlock("Approved by li at 14:05 UTC, \"window agreed\"\\. 3 ok, 0 failed, 41 s\\.", Tone.Ok)),
        ["card-denied"] = Card("denied", new TextBlock("Denied by li at 14:05 UTC, \"not during the sale\"\\. Nothing ran\\.", Tone.Refused)),
        ["table-narrow"] = new([new TextBlock("3 nodes"), new TableBlock(["Node", "State", "Load"], [["web-1", "ok", "0.4"], ["web-2", "ok", "0.6"], ["数据库-1", "down", "–"]])]),
        ["table-wide"] = new([new TableBlock(["Node", "State", "Operating system", "Last seen"],
            [["web-1", "connected", "Debian GNU/Linux 13 (trixie)", "2026-11-21 06:00 UTC"], ["web-2", "gone", "", "yesterday, by @ada"]])]),
        ["code-long"] = new([new CodeBlock(string.Join('\n', Enumerable.Range(1, 60).Select(i => $"\u001b[32m{i:000}\u001b[0m line of output <{i}> & more")), "web-1"), new TextBlock("Done in 4 s.", Tone.Ok)]),
        ["markdown"] = new([new TextBlock("# Heading\nWords in **bold**, *italic*, ***both*** and `code <x>`.\n- one\n  - nested\n1. first\n> quoted\n> twice\n```\nfenced & kept\n```\n[a link](https://example.com) and /nodes")]),
        ["hostile"] = new(
        [
            new CardBlock("x</code>", "<b>Approved</b> @everyone @channel_admin </pre><a href=\"tg://user?id=1\">li</a>", "pen<i>ding", Risk.Change),
            new TextBlock(PlainText.Escape("**bold?** @root_admin `tick` <script>alert(1)</script> \u202egnp.exe\u2066 a\u200bb \u0007")),
            new CodeBlock("</pre></code><b>x</b> &lt; ``` @admin_user\n\u001b]0;title\u0007\u001b[31mred\u001b[0m \u202eevil", "web-1 <b> @ops_admin"),
            new FieldsBlock([new Field("A\nB", "/halt now"), new Field("Link", "https://evil.example/?q=<x>"), new Field("Zero", "")]),
            new ActionsBlock([new MessageAction("tok", "\u202eApprove <b>\n@x", ActionStyle.Primary)]),
        ]),
        ["progress"] = new([new TextBlock("Deploys api 1.4.2", Tone.Waiting), new ProgressBlock("Nodes", 3, 7), new ProgressBlock("Reads the log", 0, null), new ProgressBlock("Lines", 1200, null)]),
        ["job"] = new([new TextBlock("Running: /run systemctl is-active nginx --on role=web", Tone.Waiting), new ProgressBlock("Nodes", 31, 40),
            new TextBlock("28 ok · 2 failed · 1 timed-out · 6 running · 3 waiting", Tone.Failed), new TextBlock(PlainText.Escape("Slow: web-7 (14 s), web-31 (9 s) and 4 more")),
            new PageBlock("Every node", "/jobs/01k9-1", "https://ops.example.com/jobs/01k9-1"),
            new ActionsBlock([new MessageAction("tok-tail", "Tail", ActionStyle.Plain), new MessageAction("tok-stop", "Stop", ActionStyle.Danger)])]),
        ["fields"] = new([new FieldsBlock([new Field("Gateway", "0.1.0, up 3 days"), new Field("Store", "SQLite, 12 MiB"), new Field("Mail", "ops@example.com"), new Field("Path", "/var/lib/chatops")])]),
        ["files"] = new([new TextBlock("The report:"), new FileBlock("report.csv", "file1", 12_345), new FileBlock("../../etc/p asswd", "file2", 1), new FileBlock("huge.iso", "file3", 60_000_000)]),
        ["picture"] = new([new TextBlock("The last hour of **web-1**:"), new FileBlock("load.png", "file1", 2048)]),
        ["empty"] = new([]),
        ["mentions-many"] = new([new TextBlock(PlainText.Escape(string.Join(' ', Enumerable.Range(1, 60).Select(i => $"@user_{i:00}"))))]),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_kind_of_message_looks_as_it_was_approved(string name)
    {
        var parts = TelegramOutbound.Render(Messages[name], MaxFile);
        var shown = Shown(parts);
        var path = RepositoryFiles.Of($"{Folder}/{name}.txt");
        if (Environment.GetEnvironmentVariable("CHATOPS_GOLDEN") == "write") await File.WriteAllTextAsync(path, shown);
        Assert.Equal(await File.ReadAllTextAsync(path), shown, ignoreLineEndingDifferences: true);
        foreach (var part in parts.OfType<TelegramPart.Words>())
        {
            var (text, marks) = TelegramHtmlReader.Read(part.Html);
            Assert.InRange(text.Length, 1, TelegramHtml.MaxText);
            Assert.InRange(marks.Count, 0, TelegramHtml.MaxMarks);
            Assert.DoesNotContain(TelegramHtmlReader.Found(text, marks), m => m.Type == "mention");
            Assert.DoesNotContain(marks, m => m.Type == "text_link");
        }
    }

    private static RichMessage Card(string state, Block? record, Block? buttons = null)
    {
        var blocks = new List<Block> { new CardBlock("a1b2", "Restart nginx on 3 nodes", state, Risk.Dangerous) };
        if (record is not null) blocks.Add(record);
        blocks.Add(new CodeBlock("systemctl restart nginx", "Exactly what will run"));
        blocks.Add(new FieldsBlock(
        [
            new Field("Where", "web-1, web-2, web-3"), new Field("Risk", "dangerous: stops a service"), new Field("Asked by", "Ada (ada)"), new Field("Needs", "1 of: role prod-approver, not ada (li, mo)"),
            new Field("Expires", "14:32 UTC (in 15 min)"), new Field("Plan", "sha256:ab12cd34ef56"),
        ]));
        if (buttons is not null) blocks.Add(buttons);
        return new RichMessage(blocks);
    }

    private static string Shown(IReadOnlyList<TelegramPart> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if (text.Length > 0) text.Append("\n=====\n");
            if (part is TelegramPart.Attachment file)
            {
                text.Append($"[file {file.Name}] {file.FileId ?? $"{file.Text!.Length} characters"}\n{file.Caption}\n");
                continue;
            }

            var words = (TelegramPart.Words)part;
            text.Append(words.Html).Append('\n');
            foreach (var row in words.Keyboard?.InlineKeyboard ?? []) text.Append(string.Join(' ', row.Select(b => $"[{b.Text} | {b.CallbackData} | {b.Style ?? "plain"}]"))).Append('\n');
        }

        return text.ToString();
    }
}
