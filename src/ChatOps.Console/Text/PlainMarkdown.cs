using Markdig;

namespace ChatOps.Console.Text;

/// <summary>Restricted Markdown as plain text, for one-line messages.</summary>
internal static class PlainMarkdown
{
    public static string Of(string markdown)
    {
        try
        {
            return InertText.Of(Markdown.ToPlainText(markdown).Trim());
        }
        catch (ArgumentException)
        {
            // Nested too deeply to be read as Markdown: shown as written.
            return InertText.Of(markdown);
        }
    }
}
