using System.Text.Json.Nodes;
using ChatOps.Messages;
using ChatOps.Rendering;

namespace ChatOps.Channels.Slack.Rendering;

/// <summary>Tables that are too wide for a phone: one record a row.</summary>
internal static class SlackTable
{
    /// <summary>Most lines of a table that are shown; the whole is attached.</summary>
    public const int MaxLines = 60;

    /// <summary>The records as a paragraph, the first line of each in bold.</summary>
    /// <param name="table">The table.</param>
    /// <param name="shown">Its records as text.</param>
    public static JsonObject Records(TableBlock table, LongText shown)
    {
        var elements = new List<JsonObject>();
        var first = true;
        foreach (var line in shown.Shown.Split('\n'))
        {
            if (elements.Count > 0) elements.Add(SlackBlocks.Text("\n"));
            if (line.Length > 0) elements.Add(SlackBlocks.Text(line, first ? MarkdownStyle.Bold : MarkdownStyle.Plain));
            first = line.Length == 0;
        }

        return SlackBlocks.Rich(SlackBlocks.Section(elements.Count > 0 ? elements : [SlackBlocks.Text(string.Join(" · ", table.Columns) is { Length: > 0 } heading ? InertText.Of(heading) : "–")]));
    }
}
