using ChatOps.Channels.Slack.Client;

namespace ChatOps.Channels.Slack;

/// <summary>Where slash commands can be answered when the bot is not in their channel: Slack takes five posts in half an hour. Kept in memory, because the addresses are secrets.</summary>
internal sealed class SlackAnswers(IEgress egress, SlackOptions options, TimeProvider time)
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 4096;

    /// <summary>Posts for each.</summary>
    public const int MaxPosts = 5;

    /// <summary>How long each is good.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(30);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>Remembers where a message can be answered.</summary>
    public void Note(string inboxId, string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !egress.Allows(uri, SlackHosts.All, options.Root)) return;
        lock (gate)
        {
            if (!entries.TryAdd(inboxId, new Entry(uri, time.GetTimestamp()))) return;
            order.Enqueue(inboxId);
            if (order.Count > Capacity) entries.Remove(order.Dequeue());
        }
    }

    /// <summary>The address for one more post; null when there is none any more.</summary>
    public Uri? Take(string? inboxId)
    {
        lock (gate)
        {
            if (inboxId is null || !entries.TryGetValue(inboxId, out var entry)) return null;
            if (entry.Posts < MaxPosts && time.GetElapsedTime(entry.Begun) < GoodFor)
            {
                entry.Posts++;
                return entry.Address;
            }

            entries.Remove(inboxId);
            return null;
        }
    }

    private sealed class Entry(Uri address, long begun)
    {
        public Uri Address => address;

        public long Begun => begun;

        public int Posts { get; set; }
    }
}
