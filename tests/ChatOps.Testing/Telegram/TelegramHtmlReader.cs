using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ChatOps.Testing.Telegram;

/// <summary>Reads Telegram's HTML as strictly as the server does, and finds what it makes pressable by itself.</summary>
public static partial class TelegramHtmlReader
{
    private const int MaxMarks = 100;

    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal)
    {
        ["b"] = "bold", ["strong"] = "bold", ["i"] = "italic", ["em"] = "italic", ["u"] = "underline", ["ins"] = "underline", ["s"] = "strikethrough", ["strike"] = "strikethrough",
        ["del"] = "strikethrough", ["tg-spoiler"] = "spoiler", ["a"] = "text_link", ["code"] = "code", ["pre"] = "pre", ["blockquote"] = "blockquote",
    };

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal) { ["lt"] = "<", ["gt"] = ">", ["amp"] = "&", ["quot"] = "\"" };

    /// <summary>The text without its markup, and the marks.</summary>
    public static (string Text, IReadOnlyList<TelegramMark> Marks) Read(string html)
    {
        var text = new StringBuilder();
        var open = new Stack<(string Tag, string Type, int At, string? Url)>();
        var marks = new List<TelegramMark>();
        for (var i = 0; i < html.Length;)
        {
            if (html[i] == '&')
            {
                i = Entity(html, i, text);
            }
            else if (html[i] != '<')
            {
                text.Append(html[i++]);
            }
            else
            {
                var end = html.IndexOf('>', i);
                if (end < 0) throw Cannot($"Unclosed start tag at byte offset {Bytes(html, i)}");
                if (html[i + 1] == '/') Close(html[(i + 2)..end].Trim(), open, marks, text.Length, Bytes(html, i));
                else Open(html[(i + 1)..end], open, text.Length, Bytes(html, i));
                i = end + 1;
            }
        }

        if (open.TryPeek(out var left)) throw Cannot($"Can't find end tag corresponding to start tag \"{left.Tag}\"");
        return Trim(text.ToString(), marks);
    }

    /// <summary>What Telegram makes pressable by itself in plain text: mentions, commands, addresses. Not inside code.</summary>
    public static IReadOnlyList<TelegramMark> Found(string text, IReadOnlyList<TelegramMark> marks)
    {
        var code = marks.Where(m => m.Type is "code" or "pre").ToList();
        var found = Mention().Matches(text).Select(m => new TelegramMark("mention", m.Index, m.Length))
            .Concat(Command().Matches(text).Select(m => new TelegramMark("bot_command", m.Groups[1].Index, m.Groups[1].Length)))
            .Concat(Address().Matches(text).Select(m => new TelegramMark("url", m.Index, m.Length)));
        return [.. found.Where(f => !code.Any(c => f.Offset >= c.Offset && f.Offset + f.Length <= c.Offset + c.Length))];
    }

    private static void Open(string inside, Stack<(string Tag, string Type, int At, string? Url)> open, int at, int offset)
    {
        var name = inside.Split(' ', 2)[0].ToLowerInvariant();
        if (!Tags.TryGetValue(name, out var type)) throw Cannot($"Unsupported start tag \"{name}\" at byte offset {offset}");
        var rest = inside[name.Length..].Trim();
        string? url = null;
        if (name == "a") url = Link().Match(rest) is { Success: true } link ? link.Groups[1].Value : throw Cannot($"Empty address of a link at byte offset {offset}");
        else if (rest.Length > 0 && (name, rest) is not ("blockquote", "expandable")) throw Cannot($"Unexpected attribute of \"{name}\" at byte offset {offset}");
        // The server would quietly drop one of the marks; that is a mistake of the sender.
        if (open.Any(o => o.Type is "code" or "pre") && (name, open.Peek().Tag) is not ("code", "pre")) throw Cannot($"\"{name}\" inside code at byte offset {offset}");
        if (name is "code" or "pre" && open.Count > 0 && open.Peek().Tag is not ("pre" or "blockquote")) throw Cannot($"\"{name}\" inside \"{open.Peek().Tag}\" at byte offset {offset}");
        open.Push((name, type, at, url));
    }

    private static void Close(string name, Stack<(string Tag, string Type, int At, string? Url)> open, List<TelegramMark> marks, int end, int offset)
    {
        if (!open.TryPop(out var begun)) throw Cannot($"Unmatched end tag at byte offset {offset}, expected nothing, found \"</{name}>\"");
        if (begun.Tag != name) throw Cannot($"Unmatched end tag at byte offset {offset}, expected \"</{begun.Tag}>\", found \"</{name}>\"");
        if (end > begun.At) marks.Add(new TelegramMark(begun.Type, begun.At, end - begun.At, begun.Url));
    }

    private static int Entity(string html, int at, StringBuilder text)
    {
        var end = html.IndexOf(';', at, Math.Min(12, html.Length - at));
        var name = end < 0 ? "" : html[(at + 1)..end];
        if (Names.TryGetValue(name, out var known)) text.Append(known);
        else if (Number(name) is { } rune) text.Append(rune.ToString());
        else
        {
            text.Append('&');
            return at + 1;
        }

        return end + 1;
    }

    private static Rune? Number(string name) =>
        name is ['#', .. var digits] &&
        (digits is ['x', .. var hex] ? int.TryParse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value) : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value)) &&
        Rune.IsValid(value) && value != 0 ? new Rune(value) : null;

    private static (string Text, IReadOnlyList<TelegramMark> Marks) Trim(string text, List<TelegramMark> marks)
    {
        var start = text.Length - text.AsSpan().TrimStart().Length;
        var trimmed = text.Trim();
        var moved = marks.Select(m => (From: Math.Max(m.Offset - start, 0), To: Math.Min(m.Offset + m.Length - start, trimmed.Length), Mark: m))
            .Where(m => m.To > m.From).Select(m => m.Mark with { Offset = m.From, Length = m.To - m.From }).OrderBy(m => m.Offset).Take(MaxMarks);
        return (trimmed, [.. moved]);
    }

    private static TelegramRefusedException Cannot(string why) => TelegramRefusedException.Bad("can't parse entities: " + why);

    private static int Bytes(string html, int at) => Encoding.UTF8.GetByteCount(html.AsSpan(0, at));

    [GeneratedRegex("(?<![A-Za-z0-9_/])@[A-Za-z0-9_]{4,32}")]
    private static partial Regex Mention();

    [GeneratedRegex("(?:^|\\s)(/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)")]
    private static partial Regex Command();

    [GeneratedRegex("https?://[^\\s<>]+")]
    private static partial Regex Address();

    [GeneratedRegex("^href=\"([^\"]+)\"$")]
    private static partial Regex Link();
}
