using System.Text;

namespace ChatOps.Cli.Terminal;

/// <summary>Turns restricted Markdown into what a terminal shows: bold, italic and inline code as styles, or plain words.</summary>
internal static class MarkdownText
{
    /// <summary>Plain words: markers taken out, escapes undone.</summary>
    public static string Plain(string markdown) => Convert(markdown, (text, _) => text);

    /// <summary>Spectre markup.</summary>
    public static string Markup(string markdown) => Convert(markdown, (text, style) =>
        style.Length == 0 ? Spectre.Console.Markup.Escape(text) : $"[{style}]{Spectre.Console.Markup.Escape(text)}[/]");

    private static string Convert(string markdown, Func<string, string, string> emit)
    {
        var result = new StringBuilder(markdown.Length);
        var piece = new StringBuilder();
        bool bold = false, italic = false, code = false;
        for (var i = 0; i < markdown.Length; i++)
        {
            var c = markdown[i];
            if (c == '\\' && !code && i + 1 < markdown.Length && (char.IsPunctuation(markdown[i + 1]) || char.IsSymbol(markdown[i + 1])))
                piece.Append(markdown[++i]);
            else if (c == '`')
                Switch(ref code);
            else if (!code && c == '*' && i + 1 < markdown.Length && markdown[i + 1] == '*')
            {
                Switch(ref bold);
                i++;
            }
            else if (!code && c is '*' or '_' && !InsideWord(markdown, i))
                Switch(ref italic);
            else
                piece.Append(c);
        }

        Flush();
        return result.ToString();

        void Switch(ref bool style)
        {
            Flush();
            style = !style;
        }

        void Flush()
        {
            if (piece.Length == 0) return;
            result.Append(emit(piece.ToString(), string.Join(' ', new[] { bold ? "bold" : "", italic ? "italic" : "", code ? "cyan" : "" }.Where(s => s.Length > 0))));
            piece.Clear();
        }
    }

    // A lone star in "2 * 3", a list's bullet and an underscore in snake_case are no emphasis.
    private static bool InsideWord(string text, int index)
    {
        var before = index > 0 ? text[index - 1] : ' ';
        var after = index + 1 < text.Length ? text[index + 1] : ' ';
        return (char.IsWhiteSpace(before) && char.IsWhiteSpace(after)) || (char.IsLetterOrDigit(before) && char.IsLetterOrDigit(after));
    }
}
