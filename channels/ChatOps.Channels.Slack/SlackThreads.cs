using ChatOps.Messages;

namespace ChatOps.Channels.Slack;

/// <summary>In which threads the bot takes part: what people say there is meant for it. Remembered in the store, because people come back to a thread after a restart.</summary>
internal sealed class SlackThreads(IChannelState state)
{
    /// <summary>How long a quiet thread is remembered.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(90);

    /// <summary>How many are known without asking the store.</summary>
    public const int Capacity = 4096;

    private readonly Lock gate = new();
    private readonly Dictionary<string, bool> known = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>Whether the bot takes part.</summary>
    /// <exception cref="ChatOps.Storage.StoreUnavailableException">The store is away.</exception>
    public async Task<bool> HasAsync(string channel, string thread, CancellationToken cancellationToken)
    {
        var key = Key(channel, thread);
        lock (gate)
        {
            if (known.TryGetValue(key, out var stored)) return true;
        }

        if (await state.GetAsync(SlackChannel.ChannelName, key, cancellationToken) is null) return false;
        Note(key, stored: true);
        return true;
    }

    /// <summary>Somebody has addressed the bot there. The store learns it with the first answer.</summary>
    public void Addressed(ConversationKey conversation)
    {
        if (conversation.Thread.Length > 0) Note(Key(conversation.Chat, conversation.Thread), stored: false);
    }

    /// <summary>The bot has spoken there.</summary>
    public async Task SpokenAsync(ConversationKey conversation, CancellationToken cancellationToken)
    {
        if (conversation.Thread.Length == 0) return;
        var key = Key(conversation.Chat, conversation.Thread);
        lock (gate)
        {
            if (known.GetValueOrDefault(key)) return;
        }

        await state.SetAsync(SlackChannel.ChannelName, key, "1", KeepFor, cancellationToken);
        Note(key, stored: true);
    }

    private static string Key(string channel, string thread) => $"thread:{channel}:{thread}";

    private void Note(string key, bool stored)
    {
        lock (gate)
        {
            if (known.TryAdd(key, stored)) order.Enqueue(key);
            else known[key] |= stored;
            if (order.Count > Capacity) known.Remove(order.Dequeue());
        }
    }
}
