using System.Net;
using System.Text;

namespace ChatOps.Tools.Web;

/// <summary>The text of a page as people see it: no scripts, no styles, nothing hidden; headings, lists and links keep their meaning. Linear in the page's length.</summary>
internal sealed class HtmlText
{
    private const int MaxTitle = 300;

    private static readonly string[] Skipped = ["script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "canvas", "math", "title"];

    private static readonly string[] Lines =
        ["p", "div", "section", "article", "header", "footer", "main", "nav", "aside", "ul", "ol", "li", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "pre", "blockquote", "dl", "dt", "dd", "form", "figure", "figcaption"];

    private readonly StringBuilder text = new();
    private readonly Uri address;
    private bool space;
    private int pre;
    private string? link;

    private HtmlText(Uri address) => this.address = address;

    /// <summary>Title and text of a page.</summary>
    /// <param name="html">The page.</param>
    /// <param name="address">Where it is, for its links.</param>
    public static (string Title, string Text) Of(string html, Uri address)
    {
        var reader = new HtmlText(address);
        var title = "";
        string? skipping = null;
        var depth = 0;
        for (var at = 0; at < html.Length;)
        {
            var open = html.IndexOf('<', at);
            if (open < 0) open = html.Length;
            if (open > at && skipping is null) reader.Write(WebUtility.HtmlDecode(html[at..open]));
            if (open == html.Length) break;
            at = Tag(html, open, out var tag);
            if (tag is not { } t)
            {
                // A lone angle bracket is text; a comment or a declaration is not.
                if (at == open + 1 && skipping is null) reader.Write("<");
                continue;
            }

            if (skipping is not null)
            {
                if (t.Name == "title" && !t.Closes && title.Length == 0) title = Title(html, at);
                if (t.Name != skipping || t.IsVoid) continue;
                depth += t.Closes ? -1 : 1;
                if (depth == 0) skipping = null;
                continue;
            }

            if (t is { Name: "title", Closes: false } && title.Length == 0) title = Title(html, at);
            if (!t.Closes && !t.IsVoid && (Skipped.Contains(t.Name) || t.IsHidden)) (skipping, depth) = (t.Name, 1);
            // What is in a script is no markup: only its own end ends it.
            if (skipping is "script" or "style" && html.IndexOf("</" + skipping, at, StringComparison.OrdinalIgnoreCase) is var end) at = end < 0 ? html.Length : end;
            else if (skipping is null) reader.Apply(t);
        }

        return (title, reader.text.ToString().Trim());
    }

    private static string Title(string html, int at)
    {
        var end = html.IndexOf('<', at);
        var title = string.Join(' ', WebUtility.HtmlDecode(end < 0 ? html[at..] : html[at..end]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return title.Length <= MaxTitle ? title : title[..MaxTitle] + "…";
    }

    // Returns where the tag ends; null for comments, declarations and lone brackets.
    private static int Tag(string html, int open, out HtmlTag? tag)
    {
        tag = null;
        if (string.CompareOrdinal(html, open, "<!--", 0, 4) == 0) return html.IndexOf("-->", open + 4, StringComparison.Ordinal) is var close and >= 0 ? close + 3 : html.Length;
        var start = open + 1;
        if (start >= html.Length) return open + 1;
        if (html[start] is '!' or '?') return html.IndexOf('>', start) is var bang and >= 0 ? bang + 1 : html.Length;
        var closes = html[start] == '/';
        if (closes) start++;
        if (start >= html.Length || !char.IsAsciiLetter(html[start])) return open + 1;
        var name = start;
        while (name < html.Length && (char.IsAsciiLetterOrDigit(html[name]) || html[name] == '-')) name++;
        var end = name;
        var quote = '\0';
        for (; end < html.Length && (quote != '\0' || html[end] != '>'); end++)
        {
            if (quote != '\0') quote = html[end] == quote ? '\0' : quote;
            else if (html[end] is '"' or '\'' && html[end - 1] is '=' or ' ') quote = html[end];
        }

        tag = new HtmlTag(html[start..name].ToLowerInvariant(), closes, html[name..end].Trim());
        return Math.Min(end + 1, html.Length);
    }

    private void Apply(HtmlTag tag)
    {
        if (Lines.Contains(tag.Name)) NewLine();
        if (tag.Name == "pre") pre = Math.Max(0, pre + (tag.Closes ? -1 : 1));
        else if (tag is { Name: "li", Closes: false }) text.Append("- ");
        else if (tag is { Name: ['h', >= '1' and <= '6'], Closes: false }) text.Append('#', tag.Name[1] - '0').Append(' ');
        else if (tag.Name is "td" or "th" && tag.Closes) text.Append(" | ");
        else if (tag.Name == "img" && tag.Attribute("alt") is { Length: > 0 } alt) Write($"[{alt}]");
        else if (tag.Name == "a") Link(tag);
    }

    private void Link(HtmlTag tag)
    {
        if (tag.Closes)
        {
            if (link is not null) text.Append(" (").Append(link).Append(')');
            link = null;
            return;
        }

        link = tag.Attribute("href") is { Length: > 0 and < WebAddress.MaxLength } href && href[0] != '#' && Uri.TryCreate(address, href, out var target) && target.Scheme is "http" or "https" ? target.AbsoluteUri : null;
    }

    private void NewLine()
    {
        space = false;
        if (text.Length == 0) return;
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        if (text.Length > 1 && text[^1] == '\n' && text[^2] == '\n') return;
        text.Append('\n');
    }

    private void Write(string content)
    {
        if (pre > 0)
        {
            text.Append(content);
            return;
        }

        foreach (var c in content)
        {
            if (char.IsWhiteSpace(c))
            {
                space = true;
                continue;
            }

            if (space && text.Length > 0 && text[^1] is not ('\n' or ' ')) text.Append(' ');
            space = false;
            text.Append(c);
        }
    }
}
