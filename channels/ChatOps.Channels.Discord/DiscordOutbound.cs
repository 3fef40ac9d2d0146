using System.Globalization;
using System.Text;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Rendering;

namespace ChatOps.Channels.Discord;

/// <summary>A <see cref="RichMessage"/> as Discord messages. Pure.</summary>
internal static class DiscordOutbound
{
    private const int IsComponentsV2 = 1 << 15;
    private const int SuppressEmbeds = 1 << 2;
    private const int Ephemeral = 1 << 6;
    private const int PageMarkLength = 16;

    /// <summary>Calls nobody, whatever the text says.</summary>
    public static AllowedMentions Nobody { get; } = new([], RepliedUser: false);

    /// <summary>The pages: numbered when there are several, buttons on the last.</summary>
    public static IReadOnlyList<DiscordPage> Pages(RichMessage message, long maxUploadBytes)
    {
        var card = message.Blocks.OfType<CardBlock>().FirstOrDefault();
        var limit = (card is null ? DiscordLimits.Content : DiscordLimits.CardText) - PageMarkLength;
        var blocks = new DiscordBlocks(limit, maxUploadBytes);
        var texts = Pack(message.Blocks.SelectMany(blocks.Of), limit);
        var actions = message.Blocks.OfType<ActionsBlock>().SelectMany(a => a.Actions).Take(DiscordLimits.Rows * DiscordLimits.ButtonsPerRow).ToList();
        var files = blocks.Files.ToList();
        if (texts.Count > DiscordLimits.Pages) Shorten(texts, files, message);
        if (texts.Count == 0 && (actions.Count > 0 || files.Count == 0)) texts.Add("…");

        var batches = Batches(Named(files));
        var pages = texts.Select((text, i) => new DiscordPage(texts.Count == 1 ? text : $"{text}\n-# {i + 1}/{texts.Count}", [], [], card)).ToList();
        if (pages.Count == 0) pages.Add(new DiscordPage("", [], [], card));
        pages[^1] = pages[^1] with { Actions = actions, Files = batches.Count > 0 ? batches[0] : [] };
        foreach (var batch in batches.Skip(1)) pages.Insert(pages.Count - 1, new DiscordPage("", [], batch, null));
        return pages;
    }

    /// <summary>A page as what is sent.</summary>
    public static MessagePayload Payload(DiscordPage page, bool ephemeral = false)
    {
        var attachments = page.Files.Select((f, i) => new AttachmentDescription(i.ToString(CultureInfo.InvariantCulture), f.Name)).ToList();
        var hidden = ephemeral ? Ephemeral : 0;
        if (page.Card is { } card)
        {
            List<Component> inner = [];
            if (page.Text.Length > 0) inner.Add(new Component(ComponentType.Text, Content: page.Text));
            // In a card only what is named is seen: pictures as pictures, the rest as files.
            var pictures = page.Files.Where(f => f.IsPicture).Select(f => new MediaItem(Reference(f))).ToList();
            if (pictures.Count > 0) inner.Add(new Component(ComponentType.Gallery, Items: pictures));
            inner.AddRange(page.Files.Where(f => !f.IsPicture).Select(f => new Component(ComponentType.File, File: Reference(f))));
            inner.AddRange(Rows(page.Actions));
            return new MessagePayload(Nobody, Components: [new Component(ComponentType.Container, AccentColor: Accent(card), Components: inner)], Flags: IsComponentsV2 | hidden, Attachments: attachments);
        }

        return new MessagePayload(Nobody, page.Text, Rows(page.Actions), SuppressEmbeds | hidden, attachments);
    }

    private static MediaReference Reference(DiscordFile file) => new("attachment://" + file.Name);

    /// <summary>Plain words of ours, for one person or for all.</summary>
    public static MessagePayload Words(string text, bool ephemeral = false) => Payload(new DiscordPage(Cut(DiscordMarkdown.Escape(text), DiscordLimits.Content), [], [], null), ephemeral);

    /// <summary>Text cut to a length between graphemes.</summary>
    public static string Cut(string text, int limit) => text.Length <= limit ? text : TextSplitter.Split(text, limit - 1, static s => s.Length, fenced: false)[0] + "…";

    private static List<string> Pack(IEnumerable<string> pieces, int limit)
    {
        var pages = new List<string>();
        var page = new StringBuilder();
        foreach (var piece in pieces)
        {
            if (page.Length > 0 && page.Length + 1 + piece.Length > limit)
            {
                pages.Add(page.ToString());
                page.Clear();
            }

            if (page.Length > 0) page.Append('\n');
            page.Append(piece);
        }

        if (page.Length > 0) pages.Add(page.ToString());
        return pages;
    }

    // What nobody scrolls through: the first pages and the last, and the whole as a file.
    private static void Shorten(List<string> texts, List<DiscordFile> files, RichMessage message)
    {
        var text = PlainMessage.Of(message);
        files.Add(new DiscordFile("whole-message.txt", null, text, Encoding.UTF8.GetByteCount(text)));
        var missing = texts.Count - DiscordLimits.Pages + 1;
        texts.RemoveRange(DiscordLimits.Pages - 2, missing);
        texts.Insert(DiscordLimits.Pages - 2, $"… {missing} pages left out; the whole is in the file …");
    }

    private static List<DiscordFile> Named(List<DiscordFile> files)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return files.Select((f, i) => taken.Add(f.Name) ? f : f with { Name = $"{i + 1}-{f.Name}" }).ToList();
    }

    private static List<List<DiscordFile>> Batches(List<DiscordFile> files)
    {
        var batches = new List<List<DiscordFile>>();
        foreach (var file in files)
        {
            if (batches.Count == 0 || batches[^1].Count == DiscordLimits.FilesPerMessage || batches[^1].Sum(f => f.Bytes) + file.Bytes > DiscordLimits.BytesPerMessage) batches.Add([]);
            batches[^1].Add(file);
        }

        return batches;
    }

    private static List<Component> Rows(IReadOnlyList<MessageAction> actions) =>
        actions.Chunk(DiscordLimits.ButtonsPerRow).Select(row => new Component(ComponentType.Row, Components: [.. row.Select(Button)])).ToList();

    private static Component Button(MessageAction action) => new(
        ComponentType.Button, Style(action.Style), Cut(InertText.Of(action.Label.ReplaceLineEndings(" ")), DiscordLimits.ButtonLabel), ButtonId.Of(action).ToString());

    private static int Style(ActionStyle style) => style switch
    {
        ActionStyle.Primary => 1,
        ActionStyle.Danger => 4,
        _ => 2,
    };

    private static int Accent(CardBlock card) => card.State switch
    {
        "pending" => card.Risk == Risk.Dangerous ? 0xDA373C : 0xF0B132,
        "approved" or "running" => 0x5865F2,
        "succeeded" => 0x23A55A,
        "denied" or "failed" => 0xDA373C,
        _ => 0x80848E,
    };
}
