using System.Globalization;
using System.Text;
using ChatOps.Outside;
using ChatOps.Rendering;
using ModelContextProtocol.Protocol;

namespace ChatOps.Mcp.Using;

/// <summary>A server's answer, bounded. What is no text is named and left out.</summary>
internal static class OutsideAnswer
{
    private const int MaxLine = 300;

    public static OutsideResult Of(CallToolResult result)
    {
        var text = new StringBuilder();
        foreach (var block in result.Content ?? [])
        {
            if (text.Length > OutsideBounds.AnswerCharacters) break;
            if (text.Length > 0) text.Append('\n');
            text.Append(block is TextContentBlock { Text: { } words } ? words : $"[{block.Type}: left out]");
        }

        var whole = text.ToString();
        if (whole.Length > OutsideBounds.AnswerCharacters)
            whole = TextSplitter.Split(whole, OutsideBounds.AnswerCharacters, static t => t.Length, fenced: false)[0]
                + string.Create(CultureInfo.InvariantCulture, $"\n[… the answer has more than {OutsideBounds.AnswerCharacters} characters; the rest is left out …]");
        var data = result.StructuredContent is { } structured && structured.GetRawText() is { Length: <= OutsideBounds.DataCharacters } json ? json : null;
        return new(result.IsError == true ? OutsideEnd.Failed : OutsideEnd.Done, whole, data);
    }

    /// <summary>Words of somebody else's, for a sentence of ours.</summary>
    public static string Line(string text)
    {
        var line = InertText.Of(text.ReplaceLineEndings(" ")).Trim();
        return line.Length <= MaxLine ? line : line[..MaxLine] + "…";
    }
}
