using ChatOps.Rendering;

namespace ChatOps.Channels.Discord;

/// <summary>What recent messages said, so that a thread that is opened from one can be named for it.</summary>
internal sealed class DiscordTitles
{
    private const int Capacity = 2000;
    private const int MaxTitle = 80;

    private readonly BoundedMap<string> titles = new(Capacity);

    /// <summary>A message was taken.</summary>
    public void Note(string id, string text)
    {
        var line = InertText.Of(text.Trim().Split('\n')[0].Replace('\t', ' ')).Trim();
        if (line.Length > 0) titles.Set(id, DiscordOutbound.Cut(line, MaxTitle));
    }

    /// <summary>The name for its thread.</summary>
    public string Of(string id) => titles.TryGet(id, out var title) ? title : "Task";
}
