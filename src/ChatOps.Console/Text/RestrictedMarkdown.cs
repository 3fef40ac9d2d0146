using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace ChatOps.Console.Text;

/// <summary>
/// Bold, italic, inline code, lists, quotes and line breaks. HTML is text, a link is its words followed by its address as text, an image is its
/// description. What this writer does not know is written as text.
/// </summary>
internal static class RestrictedMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().DisableHeadings().Build();

    public static MarkupString Of(string markdown)
    {
        var inert = InertText.Of(markdown.ReplaceLineEndings("\n"));
        var html = new StringBuilder(inert.Length + 64);
        try
        {
            Write(html, Markdown.Parse(inert, Pipeline));
        }
        catch (ArgumentException)
        {
            // Markdig refuses text that nests too deeply; it is shown as written.
            html.Clear().Append("<p>").AppendText(inert).Append("</p>");
        }

        return new MarkupString(html.ToString());
    }

    private static void Write(StringBuilder html, ContainerBlock container, bool tight = false)
    {
        foreach (var block in container) Write(html, block, tight);
    }

    private static void Write(StringBuilder html, Block block, bool tight)
    {
        switch (block)
        {
            case ParagraphBlock paragraph when tight:
                Write(html, paragraph.Inline);
                break;
            case ParagraphBlock paragraph:
                html.Append("<p>");
                Write(html, paragraph.Inline);
                html.Append("</p>");
                break;
            case ListBlock list:
                html.Append(list.IsOrdered ? "<ol>" : "<ul>");
                foreach (var item in list.OfType<ListItemBlock>())
                {
                    html.Append("<li>");
                    Write(html, item, tight: !list.IsLoose);
                    html.Append("</li>");
                }

                html.Append(list.IsOrdered ? "</ol>" : "</ul>");
                break;
            case QuoteBlock quote:
                html.Append("<blockquote>");
                Write(html, quote);
                html.Append("</blockquote>");
                break;
            case Markdig.Syntax.CodeBlock code:
                html.Append("<pre>").AppendText(code.Lines.ToString()).Append("</pre>");
                break;
            case ThematicBreakBlock:
                html.Append("<hr>");
                break;
            case LeafBlock { Inline: { } inline }:
                html.Append("<p>");
                Write(html, inline);
                html.Append("</p>");
                break;
            case LeafBlock leaf:
                html.AppendText(leaf.Lines.ToString());
                break;
            case ContainerBlock container:
                Write(html, container);
                break;
        }
    }

    private static void Write(StringBuilder html, ContainerInline? inlines)
    {
        if (inlines is null) return;
        foreach (var inline in inlines) Write(html, inline);
    }

    private static void Write(StringBuilder html, Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                html.AppendText(literal.Content.AsSpan());
                break;
            case CodeInline code:
                html.Append("<code>").AppendText(code.Content).Append("</code>");
                break;
            case EmphasisInline emphasis:
                var tag = emphasis.DelimiterCount >= 2 ? "strong" : "em";
                html.Append('<').Append(tag).Append('>');
                Write(html, (ContainerInline)emphasis);
                html.Append("</").Append(tag).Append('>');
                break;
            case LinkInline link:
                Write(html, (ContainerInline)link);
                if (!string.IsNullOrEmpty(link.Url)) html.Append(" (").AppendText(link.Url).Append(')');
                break;
            case AutolinkInline link:
                html.AppendText(link.Url);
                break;
            case LineBreakInline:
                html.Append("<br>");
                break;
            case HtmlEntityInline entity:
                html.AppendText(InertText.Of(entity.Transcoded.ToString()));
                break;
            case HtmlInline raw:
                html.AppendText(raw.Tag);
                break;
            case ContainerInline container:
                Write(html, container);
                break;
            default:
                html.AppendText(inline.ToString());
                break;
        }
    }
}
