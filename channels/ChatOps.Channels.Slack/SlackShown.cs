using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Channels.Slack.Client;

namespace ChatOps.Channels.Slack;

/// <summary>What Slack's messages show now, as fingerprints, so that nothing is edited into what it is already. Bounded; what is not known is edited.</summary>
internal sealed class SlackShown
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 4096;

    private readonly Lock gate = new();
    private readonly Dictionary<string, string> prints = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>Whether a message shows a page already.</summary>
    public bool Is(string channel, string ts, SlackMessage page)
    {
        lock (gate) return prints.TryGetValue($"{channel}/{ts}", out var print) && print == Print(page);
    }

    /// <summary>It does now.</summary>
    public void Note(string channel, string ts, SlackMessage page)
    {
        var key = $"{channel}/{ts}";
        lock (gate)
        {
            if (!prints.ContainsKey(key)) order.Enqueue(key);
            prints[key] = Print(page);
            if (order.Count > Capacity) prints.Remove(order.Dequeue());
        }
    }

    /// <summary>What it shows is not known any more.</summary>
    public void Forget(string channel, string ts)
    {
        lock (gate) prints.Remove($"{channel}/{ts}");
    }

    // Block ids differ with every step and are not what anybody sees.
    private static string Print(SlackMessage page)
    {
        var blocks = (JsonArray)page.Blocks.DeepClone();
        foreach (var block in blocks) block!.AsObject().Remove("block_id");
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(page.Text + blocks.ToJsonString())));
    }
}
