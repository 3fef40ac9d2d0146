using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tests.Checks;

/// <summary>Keeps what was posted, in order.</summary>
internal sealed class RecordingReplies : IReplies
{
    private readonly List<(string Conversation, RichMessage Content)> posted = [];

    /// <summary>Everything so far.</summary>
    public IReadOnlyList<(string Conversation, RichMessage Content)> Posted
    {
        get
        {
            lock (posted) return [.. posted];
        }
    }

    /// <summary>The first lines, without the marks that keep text from being markup.</summary>
    public IReadOnlyList<string> Said => [.. Posted.Select(p => p.Content.Blocks.OfType<TextBlock>().First().Markdown.Replace("\\", "", StringComparison.Ordinal))];

    public string Post(IStoreSession session, ConversationKey conversation, RichMessage content, ReplyPriority priority, string? inboxId, string? privateTo = null)
    {
        lock (posted)
        {
            posted.Add((conversation.Id, content));
            return $"m{posted.Count}";
        }
    }

    /// <summary>Whether messages that open a thread are kept in the store, as delivery would find them.</summary>
    public bool Threads { get; set; }

    public string PostOpening(IStoreSession session, ConversationKey conversation, RichMessage content, ReplyPriority priority, string threadTitle)
    {
        var id = Post(session, conversation, content, priority, null);
        if (Threads) session.Outbox.AddMessage(new StoredMessage(id, conversation.Id, null, content, null, default, default) { ThreadTitle = threadTitle });
        return id;
    }

    public void Edit(IStoreSession session, string messageId, RichMessage content, ReplyPriority priority) => throw new NotSupportedException("Findings are not edited.");

    public Task EndProgressAsync(string messageId, ConversationKey conversation) => Task.CompletedTask;

    public void ShowProgress(string messageId, ConversationKey conversation, RichMessage content) => throw new NotSupportedException("Findings have no progress.");
}
