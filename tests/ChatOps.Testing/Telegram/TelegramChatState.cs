namespace ChatOps.Testing.Telegram;

/// <summary>A chat.</summary>
public sealed class TelegramChatState(long id, string type, string? title)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, TelegramPost> posts = [];
    private readonly System.Collections.Concurrent.ConcurrentDictionary<long, string> opened = new();
    private long nextMessage;

    public long Id => id;

    public string Type => type;

    public string? Title => title;

    /// <summary>Its topics; null for a chat without.</summary>
    public HashSet<long>? Topics { get; init; }

    /// <summary>Whether the bot may make topics.</summary>
    public bool MayManageTopics { get; set; }

    /// <summary>What the topics that the bot has made are called.</summary>
    public IReadOnlyDictionary<long, string> Opened => opened;

    /// <summary>Topics that are closed.</summary>
    public HashSet<long> Closed { get; } = [];

    /// <summary>Why the bot may not write there: blocked, kicked; null when it may.</summary>
    public string? Shut { get; set; }

    /// <summary>The supergroup that it has become.</summary>
    public long? MigratedTo { get; set; }

    /// <summary>What stands there, oldest first.</summary>
    public IReadOnlyList<TelegramPost> Posts
    {
        get { lock (gate) return [.. posts.Values]; }
    }

    /// <summary>Makes a topic: it begins with a service message, whose id it has.</summary>
    public long Open(string name)
    {
        lock (gate)
        {
            var topic = ++nextMessage;
            Topics!.Add(topic);
            opened[topic] = name;
            return topic;
        }
    }

    public TelegramPost? Find(long message)
    {
        lock (gate) return posts.GetValueOrDefault(message);
    }

    public TelegramPost Add(Func<long, TelegramPost> make)
    {
        lock (gate)
        {
            var post = make(++nextMessage);
            posts.Add(post.Id, post);
            return post;
        }
    }

    public void Set(TelegramPost post)
    {
        lock (gate) posts[post.Id] = post;
    }

    public bool Remove(long message)
    {
        lock (gate) return posts.Remove(message);
    }
}
