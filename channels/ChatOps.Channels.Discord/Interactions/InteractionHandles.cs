using ChatOps.Messages;

namespace ChatOps.Channels.Discord;

/// <summary>The interactions that can still be answered. A reply may be faster than the receipt that names the inbound message, so they are found by conversation and person too.</summary>
internal sealed class InteractionHandles(TimeProvider time)
{
    /// <summary>A token lives 15 minutes; less, so that none is used at its very end.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(14.5);

    private const int Capacity = 10_000;

    private readonly BoundedMap<InteractionHandle> handles = new(Capacity);

    /// <summary>Makes one for an interaction.</summary>
    public InteractionHandle Open(DiscordInteraction interaction, string user, ConversationKey conversation, string? command)
    {
        var handle = new InteractionHandle(interaction.ApplicationId, interaction.Token, user, time.GetUtcNow() + Lifetime, command);
        handles.Set(Conversation(conversation, user), handle);
        return handle;
    }

    /// <summary>The inbox has named the message.</summary>
    public void Name(string inboxId, InteractionHandle handle) => handles.Set("inbox\n" + inboxId, handle);

    /// <summary>The interaction that a message answers, while it can be; for a message to one person only theirs.</summary>
    public InteractionHandle? Find(OutboundMessage message)
    {
        if (message.InboxId is not { } inboxId) return null;
        var found = handles.TryGet("inbox\n" + inboxId, out var handle)
            || (message.PrivateTo is { } person && handles.TryGet(Conversation(message.Conversation, person), out handle));
        return found && handle.Expires > time.GetUtcNow() && (message.PrivateTo is null || message.PrivateTo == handle.User) ? handle : null;
    }

    /// <summary>The interaction that opened a conversation, while it can be answered.</summary>
    public InteractionHandle? FindOpening(ConversationKey conversation) => handles.TryGet("opens\n" + conversation.Id, out var handle) && handle.Expires > time.GetUtcNow() ? handle : null;

    /// <summary>An interaction opens a conversation of its own.</summary>
    public void Opens(ConversationKey conversation, InteractionHandle handle) => handles.Set("opens\n" + conversation.Id, handle);

    private static string Conversation(ConversationKey conversation, string user) => $"in\n{conversation.Id}\n{user}";
}
