using System.Text.Json.Nodes;
using ChatOps.Rendering;

namespace ChatOps.Channels.Slack.Rendering;

/// <summary>Pieces of Block Kit. Text from outside stands in rich text elements or plain text objects alone: there nothing is markup, so nothing needs to be escaped.</summary>
internal static class SlackBlocks
{
    /// <summary>A plain text object; colon codes stay text.</summary>
    public static JsonObject Plain(string text, int limit) => new() { ["type"] = "plain_text", ["text"] = Fit(text, limit), ["emoji"] = false };

    /// <summary>A header.</summary>
    public static JsonObject Header(string text) => new() { ["type"] = "header", ["text"] = Plain(text, SlackLimits.Header) };

    /// <summary>Small print.</summary>
    public static JsonObject Context(string text) => new() { ["type"] = "context", ["elements"] = new JsonArray(Plain(text, SlackLimits.BlockText)) };

    /// <summary>A rich text block.</summary>
    public static JsonObject Rich(params IEnumerable<JsonObject> elements) => new() { ["type"] = "rich_text", ["elements"] = new JsonArray([.. elements]) };

    /// <summary>A paragraph.</summary>
    public static JsonObject Section(params IEnumerable<JsonObject> elements) => new() { ["type"] = "rich_text_section", ["elements"] = new JsonArray([.. elements]) };

    /// <summary>Preformatted text.</summary>
    public static JsonObject Preformatted(string text) => new() { ["type"] = "rich_text_preformatted", ["elements"] = new JsonArray(Text(text.Length == 0 ? " " : text)) };

    /// <summary>A piece of text. Slack takes no empty one.</summary>
    public static JsonObject Text(string text, MarkdownStyle style = MarkdownStyle.Plain)
    {
        var element = new JsonObject { ["type"] = "text", ["text"] = text };
        if (style == MarkdownStyle.Plain) return element;
        var marks = new JsonObject();
        if (style.HasFlag(MarkdownStyle.Bold)) marks["bold"] = true;
        if (style.HasFlag(MarkdownStyle.Italic)) marks["italic"] = true;
        if (style.HasFlag(MarkdownStyle.Code)) marks["code"] = true;
        element["style"] = marks;
        return element;
    }

    /// <summary>A text that fits a limit, with an ellipsis where something is missing; never empty.</summary>
    public static string Fit(string text, int limit)
    {
        text = text.Trim();
        if (text.Length == 0) return "–";
        return text.Length <= limit ? text : TextSplitter.Split(text, limit - 1, static t => t.Length, fenced: false)[0].TrimEnd() + "…";
    }
}
