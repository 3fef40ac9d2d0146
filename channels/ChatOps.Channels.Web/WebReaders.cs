namespace ChatOps.Channels.Web;

/// <summary>Who looks at which chat now.</summary>
internal sealed class WebReaders(WebOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<WebReader>> byChat = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count
    {
        get { lock (gate) return byChat.Values.Sum(r => r.Count); }
    }

    /// <summary>Whether anybody looks at a chat.</summary>
    public bool Any(string chat)
    {
        lock (gate) return byChat.ContainsKey(chat);
    }

    /// <summary>Begins to look. Where too many look already, the one that has looked longest is ended: it can come back.</summary>
    public WebReader Add(string chat)
    {
        var reader = new WebReader(options.MaxWaitingChanges);
        lock (gate)
        {
            if (!byChat.TryGetValue(chat, out var readers)) byChat.Add(chat, readers = []);
            if (readers.Count == options.MaxReadersPerChat)
            {
                readers[0].End();
                readers.RemoveAt(0);
            }

            readers.Add(reader);
        }

        return reader;
    }

    /// <summary>Looks away.</summary>
    public void Remove(string chat, WebReader reader)
    {
        lock (gate)
        {
            if (byChat.TryGetValue(chat, out var readers) && readers.Remove(reader) && readers.Count == 0) byChat.Remove(chat);
        }
    }

    /// <summary>Tells everybody who looks at a chat. Never waits for one of them.</summary>
    public void Tell(string chat, WebChatEvent change)
    {
        lock (gate)
        {
            if (!byChat.TryGetValue(chat, out var readers)) return;
            foreach (var reader in readers) reader.Tell(change);
        }
    }

    /// <summary>Ends them all.</summary>
    public void EndAll()
    {
        lock (gate)
        {
            foreach (var reader in byChat.Values.SelectMany(r => r)) reader.End();
            byChat.Clear();
        }
    }
}
