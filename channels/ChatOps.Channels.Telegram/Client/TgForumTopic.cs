namespace ChatOps.Channels.Telegram.Client;

/// <summary>A topic of a forum.</summary>
internal sealed record TgForumTopic
{
    /// <summary>Its id, as messages name it.</summary>
    public long MessageThreadId { get; init; }
}
