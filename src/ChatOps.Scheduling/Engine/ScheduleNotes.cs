using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Scheduling.Engine;

/// <summary>Says something in the conversations of schedules: what one transaction has to say in one conversation is one message.</summary>
internal sealed class ScheduleNotes(IReplies replies)
{
    private const int MaxLines = 20;

    private readonly List<(string Conversation, string Line, Tone Tone)> lines = [];

    /// <summary>Adds a line; nothing without a conversation.</summary>
    public void Add(string? conversation, string line, Tone tone)
    {
        if (conversation is not null) lines.Add((conversation, line, tone));
    }

    /// <summary>Posts them.</summary>
    public void Post(IStoreSession session)
    {
        foreach (var there in lines.GroupBy(l => l.Conversation))
        {
            var blocks = there.Take(MaxLines).Select(l => (Block)new TextBlock(PlainText.Escape(l.Line), l.Tone)).ToList();
            if (there.Count() > MaxLines) blocks.Add(new TextBlock($"and {there.Count() - MaxLines} more schedules; 'schedule list' shows them."));
            replies.Post(session, ConversationKey.Parse(there.Key), new RichMessage(blocks), ReplyPriority.Result, null);
        }
    }
}
