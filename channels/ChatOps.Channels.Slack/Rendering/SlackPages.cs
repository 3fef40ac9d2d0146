using System.Globalization;
using System.Text.Json.Nodes;
using ChatOps.Channels.Slack.Client;

namespace ChatOps.Channels.Slack.Rendering;

/// <summary>Collects blocks into messages, each within Slack's limits. Every block gets an id that holds the revision: after an edit an old press can be told from a new one.</summary>
internal sealed class SlackPages(string revision)
{
    private readonly List<JsonArray> pages = [];
    private int used = int.MaxValue;

    /// <summary>Adds a block; begins a new message when this one is full.</summary>
    /// <param name="block">The block.</param>
    /// <param name="cost">How long its text is.</param>
    public void Add(JsonObject block, int cost)
    {
        // One block is kept free for the page's number.
        if (pages.Count == 0 || used + cost > SlackLimits.MessageText || pages[^1].Count >= SlackLimits.Blocks - 1)
        {
            pages.Add([]);
            used = 0;
        }

        pages[^1].Add(block);
        used += cost;
    }

    /// <summary>The messages.</summary>
    /// <param name="notification">What stands for the first one where blocks are not shown.</param>
    public List<SlackMessage> ToMessages(string notification)
    {
        var messages = new List<SlackMessage>();
        for (var p = 0; p < pages.Count; p++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"Part {p + 1} of {pages.Count}");
            if (pages.Count > 1) pages[p].Add(SlackBlocks.Context(number));
            for (var b = 0; b < pages[p].Count; b++) pages[p][b]!["block_id"] = string.Create(CultureInfo.InvariantCulture, $"{revision}.{p}.{b}");
            messages.Add(new SlackMessage(p == 0 ? notification : number, pages[p]));
        }

        return messages;
    }
}
