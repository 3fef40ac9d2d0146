using ChatOps.Console.Authentication;
using ChatOps.Console.Components;
using ChatOps.Identity;
using ChatOps.Storage;

namespace ChatOps.Console.Chat;

/// <summary>Reads a person's own conversations.</summary>
internal sealed class ChatReader(ConsoleOptions options)
{
    public const string NewTitle = "New conversation";
    private const int MaxConversations = 100;

    /// <summary>Null when the conversation belongs to somebody else.</summary>
    public ChatView? Read(IStoreSession session, ChatAddress address, Principal person)
    {
        var conversation = session.Conversations.Find(address.Key.Id);
        if (conversation is null) return new ChatView(address.Slug, NewTitle, false, [], false);
        return conversation.Owner == person.Id ? Page(session, address, conversation.Title, null) : null;
    }

    /// <summary>Entries before one; null when the conversation is not this person's.</summary>
    public ChatView? Earlier(IStoreSession session, ChatAddress address, Principal person, string before) =>
        session.Conversations.Find(address.Key.Id) is { } conversation && conversation.Owner == person.Id ? Page(session, address, conversation.Title, before) : null;

    public IReadOnlyList<ConversationLink> List(IStoreSession session, Principal person) =>
        session.Conversations.List(Sessions.WebChannel, person.Id, MaxConversations)
            .Select(c => (Slug: ChatAddress.SlugOf(c.Id, person), Conversation: c))
            .Where(c => c.Slug is not null)
            .Select(c => new ConversationLink(c.Slug!, c.Conversation.Title, c.Conversation.LastActivityAt))
            .ToList();

    private ChatView Page(IStoreSession session, ChatAddress address, string title, string? before)
    {
        var entries = session.Conversations.Timeline(address.Key.Id, before, options.TimelinePage + 1);
        var hasEarlier = entries.Count > options.TimelinePage;
        return new ChatView(address.Slug, title, true, hasEarlier ? entries.Skip(1).ToList() : entries, hasEarlier);
    }
}
