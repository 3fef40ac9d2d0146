using System.Buffers;
using System.Text;
using ChatOps.Rendering;

namespace ChatOps.Channels.Discord;

/// <summary>Discord's Markdown. Everything that is not markup of ours is escaped: mentions, masked and bare links, headings, lists, quotes, spoilers, emoji names and timestamps stay the text they are.</summary>
internal static class DiscordMarkdown
{
    /// <summary>Around code that has several lines.</summary>
    public const string Fence = "```";

    private const char ZeroWidthSpace = '\u200b';
    private const int FenceLength = 3;
    private static readonly SearchValues<char> Special = SearchValues.Create("\\`*_~|<>@#:[]");

    /// <summary>Text as Discord shows it unchanged.</summary>
    public static string Escape(string text)
    {
        text = InertText.Of(text);
        var result = new StringBuilder(text.Length + 16);
        var lineStart = true;
        var digits = false;
        foreach (var c in text)
        {
            var opensList = lineStart && (c is '-' or '+' || (digits && c is '.' or ')' && digits));
            if (opensList || Special.Contains(c)) result.Append('\\');
            result.Append(c);
            digits = lineStart && char.IsAsciiDigit(c);
            lineStart = c == '\n' || (lineStart && (c is ' ' or '\t' || digits));
        }

        return result.ToString();
    }

    /// <summary>Code of several lines, whatever is in it.</summary>
    public static string Fenced(string code) => $"{Fence}\n{Inside(code)}\n{Fence}";

    /// <summary>Code as it stands between fences: no run of backticks in it can end them.</summary>
    public static string Inside(string code)
    {
        if (!code.Contains(Fence, StringComparison.Ordinal)) return code;
        var result = new StringBuilder(code.Length + 16);
        for (var i = 0; i < code.Length;)
        {
            var run = 0;
            while (i + run < code.Length && code[i + run] == '`') run++;
            if (run >= FenceLength) result.AppendJoin(ZeroWidthSpace, Enumerable.Repeat('`', run));
            else result.Append(code, i, Math.Max(run, 1));
            i += Math.Max(run, 1);
        }

        return result.ToString();
    }

    /// <summary>A line of restricted Markdown; for a line of code only its text.</summary>
    public static string Line(MarkdownLine line) => line.Kind switch
    {
        MarkdownLineKind.Code => Inside(TerminalText.Plain(line.Text)),
        MarkdownLineKind.Bullet => $"{new string(' ', line.Depth * 2)}{(line.Marker == "•" ? "-" : line.Marker)} {Spans(line.Spans)}",
        MarkdownLineKind.Quote => $"> {Spans(line.Spans)}",
        _ => Spans(line.Spans),
    };

    /// <summary>Lines of restricted Markdown, code between fences.</summary>
    public static string Lines(IReadOnlyList<MarkdownLine> lines)
    {
        var result = new StringBuilder();
        var inCode = false;
        foreach (var line in lines)
        {
            if (line.Kind == MarkdownLineKind.Code != inCode)
            {
                inCode = !inCode;
                result.Append(Fence).Append('\n');
            }

            result.Append(Line(line)).Append('\n');
        }

        return result.Append(inCode ? Fence : "").ToString().TrimEnd('\n');
    }

    private static string Spans(IReadOnlyList<MarkdownSpan> spans) => string.Concat(spans.Select(Span));

    private static string Span(MarkdownSpan span)
    {
        if (span.Style.HasFlag(MarkdownStyle.Code)) return InlineCode(InertText.Of(span.Text));
        // Markup that begins or ends at a space is none.
        var text = span.Text.Trim();
        if (span.Style == MarkdownStyle.Plain || text.Length == 0) return Escape(span.Text);
        var mark = (span.Style.HasFlag(MarkdownStyle.Bold) ? "**" : "") + (span.Style.HasFlag(MarkdownStyle.Italic) ? "*" : "");
        var before = span.Text[..(span.Text.Length - span.Text.TrimStart().Length)];
        var after = span.Text[(before.Length + text.Length)..];
        return $"{before}{mark}{Escape(text)}{mark}{after}";
    }

    private static string InlineCode(string code)
    {
        if (code.Trim().Length == 0) return code;
        if (!code.Contains('`', StringComparison.Ordinal)) return $"`{code}`";
        return code.Contains("``", StringComparison.Ordinal) ? Escape(code) : $"`` {code} ``";
    }
}
