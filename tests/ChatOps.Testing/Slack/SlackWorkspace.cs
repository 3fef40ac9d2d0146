using System.Collections.Concurrent;
using System.Globalization;

namespace ChatOps.Testing.Slack;

/// <summary>The workspace behind the server: people, channels, messages, files.</summary>
public sealed class SlackWorkspace
{
    private readonly Lock gate = new();
    private readonly List<SlackPost> posts = [];
    private readonly ConcurrentDictionary<string, string> directs = new();
    private long clock = 1_710_000_000_000_000;

    /// <summary>The workspace's id.</summary>
    public string Team { get; init; } = "T0TEAM";

    /// <summary>The bot's user id.</summary>
    public string BotUser { get; init; } = "U0BOT";

    /// <summary>The bot's id.</summary>
    public string Bot { get; init; } = "B0BOT";

    /// <summary>The app's id.</summary>
    public string App { get; init; } = "A0APP";

    /// <summary>People: id and name.</summary>
    public ConcurrentDictionary<string, string> People { get; } = new();

    /// <summary>Channels.</summary>
    public ConcurrentDictionary<string, SlackRoom> Rooms { get; } = new();

    /// <summary>Files: id and content.</summary>
    public ConcurrentDictionary<string, SlackStoredFile> Files { get; } = new();

    /// <summary>Everything that stands in a channel now, oldest first; what only one person sees included.</summary>
    public IReadOnlyList<SlackPost> In(string channel)
    {
        lock (gate) return [.. posts.Where(p => p.Channel == channel)];
    }

    /// <summary>A person.</summary>
    public SlackWorkspace WithPerson(string id, string name)
    {
        People[id] = name;
        return this;
    }

    /// <summary>A channel with the bot in it.</summary>
    public SlackWorkspace WithRoom(string id, string name, params string[] members)
    {
        Rooms[id] = new SlackRoom(id, name, IsDirect: false, [.. members, BotUser]);
        return this;
    }

    /// <summary>The direct conversation of the bot with a person.</summary>
    public SlackRoom Direct(string person, string? id = null)
    {
        var room = directs.GetOrAdd(person, _ => id ?? "D" + person);
        return Rooms.GetOrAdd(room, r => new SlackRoom(r, "directmessage", IsDirect: true, [person, BotUser]));
    }

    /// <summary>A fresh time stamp.</summary>
    public string NewTs()
    {
        var now = Interlocked.Add(ref clock, 1_000_100);
        return string.Create(CultureInfo.InvariantCulture, $"{now / 1_000_000}.{now % 1_000_000:000000}");
    }

    /// <summary>Deletes a message, as an admin or the retention would.</summary>
    public void Remove(string channel, string ts)
    {
        lock (gate) posts.RemoveAll(p => p.Channel == channel && p.Ts == ts);
    }

    internal void Add(SlackPost post)
    {
        lock (gate) posts.Add(post);
    }

    internal SlackPost? Find(string channel, string ts)
    {
        lock (gate) return posts.FirstOrDefault(p => p.Channel == channel && p.Ts == ts && p.OnlyFor is null);
    }

    internal void RemoveFile(string file)
    {
        lock (gate) posts.RemoveAll(p => p.File == file);
    }
}
