using ChatOps.Channels.Slack.Client;

namespace ChatOps.Channels.Slack;

/// <summary>Names of people and channels, for people: events carry ids alone. Looked up once and kept for an hour; a lookup that takes long is not waited for, because the acknowledgement is due.</summary>
internal sealed class SlackNames(SlackApi api, TimeProvider time)
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 4096;

    /// <summary>How long a name is waited for.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan KeepFound = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeepMissing = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>A person's name, or null.</summary>
    public Task<string?> OfUserAsync(string user, CancellationToken cancellationToken) => FindAsync(user, async () =>
    {
        var reply = await api.UsersInfoAsync(user, CancellationToken.None);
        return new[] { reply.Text("user", "profile", "display_name"), reply.Text("user", "real_name"), reply.Text("user", "name") }.FirstOrDefault(n => n.Length > 0);
    }, cancellationToken);

    /// <summary>A channel's name, or null.</summary>
    public Task<string?> OfChannelAsync(string channel, CancellationToken cancellationToken) => FindAsync(channel, async () =>
        (await api.ConversationsInfoAsync(channel, CancellationToken.None)).Text("channel", "name") is { Length: > 0 } name ? name : null, cancellationToken);

    private async Task<string?> FindAsync(string id, Func<Task<string?>> look, CancellationToken cancellationToken)
    {
        Task<string?> lookup;
        lock (gate)
        {
            var now = time.GetTimestamp();
            if (!entries.TryGetValue(id, out var entry) || IsOver(entry, now))
            {
                if (entry is null) order.Enqueue(id);
                if (order.Count > Capacity) entries.Remove(order.Dequeue());
                entries[id] = entry = new Entry(look(), now);
            }

            lookup = entry.Lookup;
        }

        if (lookup.IsCompletedSuccessfully) return lookup.Result;
        await Task.WhenAny(lookup, Task.Delay(Budget, time, cancellationToken));
        return lookup.IsCompletedSuccessfully ? lookup.Result : null;
    }

    private bool IsOver(Entry entry, long now) =>
        entry.Lookup.IsCompleted && time.GetElapsedTime(entry.Begun, now) > (entry.Lookup is { IsCompletedSuccessfully: true, Result: not null } ? KeepFound : KeepMissing);

    private sealed record Entry(Task<string?> Lookup, long Begun);
}
