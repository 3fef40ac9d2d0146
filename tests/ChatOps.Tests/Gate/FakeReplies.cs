using System.Collections.Concurrent;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tests.Gate;

/// <summary>Keeps the newest content of every message that was posted.</summary>
internal sealed class FakeReplies : IReplies
{
    private int count;

    public ConcurrentDictionary<string, RichMessage> Messages { get; } = new();

    public string Post(IStoreSession session, ConversationKey conversation, RichMessage content, ReplyPriority priority, string? inboxId, string? privateTo = null)
    {
        var id = $"message-{Interlocked.Increment(ref count)}";
        Messages[id] = content;
        return id;
    }

    public string PostOpening(IStoreSession session, ConversationKey conversation, RichMessage content, ReplyPriority priority, string threadTitle) => Post(session, conversation, content, priority, null);

    public void Edit(IStoreSession session, string messageId, RichMessage content, ReplyPriority priority) => Messages[messageId] = content;

    /// <summary>Messages whose passing states were waited for.</summary>
    public ConcurrentQueue<string> ProgressEnds { get; } = new();

    /// <summary>The last passing state of every message.</summary>
    public Task OnItsWay { get; set; } = Task.CompletedTask;

    public Task EndProgressAsync(string messageId, ConversationKey conversation)
    {
        ProgressEnds.Enqueue(messageId);
        return OnItsWay;
    }

    public void ShowProgress(string messageId, ConversationKey conversation, RichMessage content)
    {
        // Passing states are not kept.
    }

    public CardBlock Card => Messages.Values.SelectMany(m => m.Blocks).OfType<CardBlock>().Last();

    public IReadOnlyList<MessageAction> Buttons => Messages.Values.SelectMany(m => m.Blocks).OfType<ActionsBlock>().SelectMany(a => a.Actions).ToList();
}
