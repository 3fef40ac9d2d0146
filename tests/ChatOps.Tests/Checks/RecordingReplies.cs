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

    public void Edit(IStoreSession session, string messageId, RichMessage content, ReplyPriority priority) => throw new NotSupportedException("Findings are not edited.");

    public void ShowProgress(string messageId, ConversationKey conversation, RichMessage content) => throw new NotSupportedException("Findings have no progress.");
}
