using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Channels.Discord;

/// <summary>
/// What must be remembered to find the way between conversations and Discord's threads and messages, durable and with the recent in memory: which thread a conversation
/// opened, which conversation a thread or a message belongs to, and what a button asks before it acts.
/// </summary>
internal sealed class DiscordThreads(IChannelState state)
{
    /// <summary>How long a conversation without a thread can be answered by a reply.</summary>
    public static readonly TimeSpan KeepMessages = TimeSpan.FromDays(7);

    /// <summary>How long a conversation finds its thread again.</summary>
    public static readonly TimeSpan KeepThreads = TimeSpan.FromDays(90);

    private const int Recent = 5000;
    private const int MaxSentence = 1000;

    private readonly BoundedMap<string?> recent = new(Recent);

    /// <summary>The thread where a conversation lives; null while it has none.</summary>
    public Task<string?> OfConversationAsync(string conversationThread, CancellationToken cancellationToken) => GetAsync("thread:" + conversationThread, cancellationToken);

    /// <summary>A conversation lives in a thread from now on.</summary>
    public async Task OpenedAsync(string conversationThread, string thread, CancellationToken cancellationToken)
    {
        if (await GetAsync("thread:" + conversationThread, cancellationToken) == thread) return;
        if (conversationThread != thread) await SetAsync("of:" + thread, conversationThread, KeepThreads, cancellationToken);
        await SetAsync("thread:" + conversationThread, thread, KeepThreads, cancellationToken);
    }

    /// <summary>The conversation of a thread: its own, or the one that opened it.</summary>
    public async Task<string> ConversationOfThreadAsync(string thread, CancellationToken cancellationToken) => await GetAsync("of:" + thread, cancellationToken) ?? thread;

    /// <summary>The conversation of a message of ours that stands in a channel; null when it is not known.</summary>
    public Task<string?> ConversationOfMessageAsync(string message, CancellationToken cancellationToken) => GetAsync("at:" + message, cancellationToken);

    /// <summary>A message of ours in a channel belongs to a conversation.</summary>
    public Task SaidAsync(string message, string conversationThread, CancellationToken cancellationToken) =>
        SetAsync("at:" + message, conversationThread, KeepMessages, cancellationToken);

    /// <summary>The message that a slash command's thread can be opened from.</summary>
    public Task<string?> RootAsync(string conversationThread, CancellationToken cancellationToken) => GetAsync("root:" + conversationThread, cancellationToken);

    /// <summary>See <see cref="RootAsync"/>.</summary>
    public Task RootIsAsync(string conversationThread, string message, CancellationToken cancellationToken) =>
        SetAsync("root:" + conversationThread, message, KeepMessages, cancellationToken);

    /// <summary>What a button asks before it acts; null when it is not known any more.</summary>
    public Task<string?> QuestionAsync(string token, CancellationToken cancellationToken) => GetAsync("ask:" + Hash(token), cancellationToken);

    /// <summary>See <see cref="QuestionAsync"/>.</summary>
    public Task AsksAsync(string token, string sentence, CancellationToken cancellationToken) =>
        SetAsync("ask:" + Hash(token), DiscordOutbound.Cut(sentence, MaxSentence), KeepMessages, cancellationToken);

    // A token is a bearer's: what is kept only recognises it.
    private static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)), 0, 16);

    private async Task<string?> GetAsync(string key, CancellationToken cancellationToken)
    {
        if (recent.TryGet(key, out var known)) return known;
        var value = await state.GetAsync(DiscordChannel.ChannelName, key, cancellationToken);
        recent.Set(key, value);
        return value;
    }

    private async Task SetAsync(string key, string value, TimeSpan keepFor, CancellationToken cancellationToken)
    {
        if (recent.TryGet(key, out var known) && known == value) return;
        await state.SetAsync(DiscordChannel.ChannelName, key, value, keepFor, cancellationToken);
        recent.Set(key, value);
    }
}
