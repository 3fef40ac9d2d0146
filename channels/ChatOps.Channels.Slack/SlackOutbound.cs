using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Channels.Slack.Rendering;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Rendering;

namespace ChatOps.Channels.Slack;

/// <summary>A rich message as Block Kit, within every limit. Pure. What comes from outside is never markup: it stands in rich text or plain text objects, and the notification text is escaped.</summary>
internal static class SlackOutbound
{
    private const int ProgressBar = 20;

    /// <summary>Renders.</summary>
    /// <param name="message">What.</param>
    /// <param name="revision">Differs with every edit; becomes part of the block ids. At most 40 characters.</param>
    public static SlackRendering Render(RichMessage message, string revision)
    {
        var pages = new SlackPages(revision);
        var files = new List<SlackAttachment>();
        var offered = message.Blocks.Any(b => b is FileBlock);
        foreach (var block in message.Blocks) Add(pages, files, block, offered);
        // Buttons stand last, so that a message of several parts has them once, at its end.
        var actions = message.Blocks.OfType<ActionsBlock>().SelectMany(b => b.Actions).ToList();
        for (var i = 0; i < actions.Count; i += SlackLimits.Actions) pages.Add(Actions(actions, i), actions.Skip(i).Take(SlackLimits.Actions).Sum(a => Math.Min(a.Label.Length, SlackLimits.Button)));
        var text = PlainMessage.Of(message).Trim();
        if (text.Length == 0) text = actions.Count > 0 ? "A question" : "(empty)";
        var rendered = pages.ToMessages(SlackText.Escape(SlackBlocks.Fit(text, SlackLimits.Notification)));
        if (rendered.Count > 0) return new SlackRendering(rendered, files);
        pages.Add(Paragraph(text), text.Length);
        return new SlackRendering(pages.ToMessages(SlackText.Escape(SlackBlocks.Fit(text, SlackLimits.Notification))), files);
    }

    /// <summary>The modal that asks for a reason.</summary>
    public static JsonObject ReasonView(SlackQuestion question) => new()
    {
        ["type"] = "modal",
        ["callback_id"] = SlackInbound.ReasonView,
        ["private_metadata"] = SlackInbound.Metadata(question.Origin),
        ["title"] = SlackBlocks.Plain(question.Label.Length == 0 ? "Reason" : question.Label, SlackLimits.Modal),
        ["submit"] = SlackBlocks.Plain("Send", SlackLimits.Modal),
        ["close"] = SlackBlocks.Plain("Back", SlackLimits.Modal),
        ["blocks"] = new JsonArray(new JsonObject
        {
            ["type"] = "input",
            ["block_id"] = SlackInbound.ReasonField,
            ["optional"] = true,
            ["label"] = SlackBlocks.Plain("Reason", SlackLimits.Modal),
            ["element"] = new JsonObject { ["type"] = "plain_text_input", ["action_id"] = SlackInbound.ReasonField, ["multiline"] = true, ["max_length"] = SlackInbound.MaxReason },
        }),
    };

    private static void Add(SlackPages pages, List<SlackAttachment> files, Block block, bool offered)
    {
        switch (block)
        {
            case TextBlock text:
                AddText(pages, text);
                break;
            case CodeBlock code:
                AddCode(pages, files, code, offered);
                break;
            case FieldsBlock fields:
                AddFields(pages, fields);
                break;
            case TableBlock table:
                AddTable(pages, files, table, offered);
                break;
            case ProgressBlock progress:
                var line = Progress(progress);
                pages.Add(Paragraph(line), line.Length);
                break;
            case FileBlock file:
                files.Add(new SlackAttachment(InertText.Of(file.Name), Key(file.FileId), file.FileId, null));
                var offer = $"📎 {InertText.Of(file.Name)} ({PlainMessage.Size(file.Bytes)})";
                pages.Add(SlackBlocks.Context(offer), offer.Length);
                break;
            case CardBlock card:
                AddCard(pages, card);
                break;
            case PageBlock { Address: not null } page:
                var link = PlainMessage.Page(page);
                pages.Add(Paragraph(link), link.Length);
                break;
        }
    }

    private static void AddText(SlackPages pages, TextBlock text)
    {
        var lines = RestrictedMarkdown.Parse(ToneSign.Of(text.Tone).Prefix + text.Markdown);
        foreach (var part in MarkdownPages.Split(lines, SlackLimits.BlockText, static l => InertText.Of(l.Text).Length))
        {
            var elements = SlackRichText.Of(part);
            if (elements.Count > 0) pages.Add(SlackBlocks.Rich(elements), part.Sum(l => InertText.Of(l.Text).Length + 1));
        }
    }

    private static void AddCode(SlackPages pages, List<SlackAttachment> files, CodeBlock code, bool offered)
    {
        var whole = TerminalText.Plain(code.Text);
        var shown = LongText.Of(whole);
        var title = code.Title is null ? "" : InertText.Of(code.Title.ReplaceLineEndings(" ")).Trim();
        if (shown.IsCut && !offered) files.Add(new SlackAttachment(FileName(title, "output.txt"), Key(whole), null, whole));
        var elements = new List<JsonObject>();
        if (title.Length > 0) elements.Add(SlackBlocks.Section(SlackBlocks.Text(SlackBlocks.Fit(title, SlackLimits.Header), MarkdownStyle.Bold)));
        elements.Add(SlackBlocks.Preformatted(shown.Shown));
        pages.Add(SlackBlocks.Rich(elements), Math.Min(title.Length, SlackLimits.Header) + shown.Shown.Length);
    }

    private static void AddFields(SlackPages pages, FieldsBlock fields)
    {
        var lines = fields.Fields.Select(f => new MarkdownLine(MarkdownLineKind.Text,
            [new MarkdownSpan(OneLine(f.Label) + ": ", MarkdownStyle.Bold), new MarkdownSpan(f.Value.Length == 0 ? "–" : InertText.Of(f.Value))])).ToList();
        foreach (var part in MarkdownPages.Split(lines, SlackLimits.BlockText, static l => l.Text.Length)) pages.Add(SlackBlocks.Rich(SlackRichText.Of(part)), part.Sum(l => l.Text.Length + 1));
    }

    private static void AddTable(SlackPages pages, List<SlackAttachment> files, TableBlock table, bool offered)
    {
        var text = TableText.Of(table, TableText.PhoneColumns);
        var shown = LongText.Of(text.Text, maxLines: SlackTable.MaxLines, maxCharacters: SlackLimits.BlockText);
        if (shown.IsCut && !offered) files.Add(new SlackAttachment("table.txt", Key(text.Text), null, TableText.Grid(table, int.MaxValue) ?? text.Text));
        pages.Add(text.IsGrid ? SlackBlocks.Rich(SlackBlocks.Preformatted(shown.Shown)) : SlackTable.Records(table, shown), shown.Shown.Length);
    }

    private static void AddCard(SlackPages pages, CardBlock card)
    {
        var title = OneLine(card.Title);
        pages.Add(SlackBlocks.Header($"{Icon(card)} {title}"), Math.Min(title.Length + 2, SlackLimits.Header));
        // A title that does not fit must still be read to its end before anybody approves.
        if (title.Length + 3 > SlackLimits.Header) foreach (var part in TextSplitter.Split(title, SlackLimits.BlockText, static t => t.Length, fenced: false)) pages.Add(Paragraph(part), part.Length);
        var line = $"{card.State} · {card.Risk.ToString().ToLowerInvariant()} · approval {card.ApprovalId}";
        pages.Add(SlackBlocks.Context(OneLine(line)), line.Length);
    }

    private static string Icon(CardBlock card) => card.State switch
    {
        "pending" => card.Risk == Risk.Dangerous ? "🔴" : "🟡",
        "succeeded" => "✅",
        "approved" or "running" => "▶️",
        "denied" => "⛔",
        "failed" => "❌",
        "unknown" => "❔",
        _ => "⚪",
    };

    private static JsonObject Actions(List<MessageAction> actions, int from) => new()
    {
        ["type"] = "actions",
        ["elements"] = new JsonArray([.. actions.Skip(from).Take(SlackLimits.Actions).Select((action, i) => Button(action, from + i))]),
    };

    private static JsonObject Button(MessageAction action, int index)
    {
        // Declining asks for an optional reason in a modal; approving must not cost a second window beyond its confirm step.
        var asks = action is { AsksReason: true, Style: ActionStyle.Plain };
        var button = new JsonObject
        {
            ["type"] = "button",
            ["action_id"] = string.Create(CultureInfo.InvariantCulture, $"{(asks ? SlackInbound.AskAction : SlackInbound.PressAction)}.{index}"),
            ["text"] = SlackBlocks.Plain(OneLine(action.Label), SlackLimits.Button),
            ["value"] = action.Token,
        };
        if (action.Style == ActionStyle.Primary) button["style"] = "primary";
        if (action.Style == ActionStyle.Danger) button["style"] = "danger";
        if (action.Confirm is not { } confirm) return button;
        button["confirm"] = new JsonObject
        {
            ["title"] = SlackBlocks.Plain("Are you sure?", SlackLimits.ConfirmTitle),
            ["text"] = SlackBlocks.Plain(InertText.Of(confirm), SlackLimits.ConfirmText),
            ["confirm"] = SlackBlocks.Plain(OneLine(action.Label), SlackLimits.ConfirmButton),
            ["deny"] = SlackBlocks.Plain("Back", SlackLimits.ConfirmButton),
        };
        if (action.Style == ActionStyle.Danger) button["confirm"]!["style"] = "danger";
        return button;
    }

    private static string Progress(ProgressBlock progress)
    {
        var words = OneLine(PlainMessage.Progress(progress));
        if (progress.Total is not { } total || total <= 0) return "⏳ " + SlackBlocks.Fit(words, SlackLimits.BlockText - 2);
        var full = (int)Math.Clamp(progress.Done * (double)ProgressBar / total, 0, ProgressBar);
        return $"{new string('█', full)}{new string('░', ProgressBar - full)} {SlackBlocks.Fit(words, SlackLimits.BlockText - ProgressBar - 1)}";
    }

    private static JsonObject Paragraph(string text) => SlackBlocks.Rich(SlackBlocks.Section(SlackBlocks.Text(text)));

    private static string OneLine(string text) => InertText.Of(text.ReplaceLineEndings(" ").Replace('\t', ' ')).Trim();

    private static string Key(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 6));

    private static string FileName(string title, string otherwise)
    {
        var words = string.Concat(title.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-').Take(60));
        var safe = string.Join('-', words.Split('-', StringSplitOptions.RemoveEmptyEntries)).Trim('.');
        return safe.Length == 0 ? otherwise : safe + ".txt";
    }
}
