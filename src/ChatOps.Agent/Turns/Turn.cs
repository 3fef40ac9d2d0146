using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Agent.Turns;

/// <summary>One message being answered.</summary>
/// <param name="Item">The message; its attempts include this one.</param>
/// <param name="Conversation">Where.</param>
/// <param name="Token">The lease's fencing token: every write of the turn checks it.</param>
internal sealed record Turn(InboxItem Item, ConversationKey Conversation, long Token)
{
    /// <summary>The one invocation that a turn without a model makes. Derived, so that after a crash the gate is asked about the same one.</summary>
    public string InvocationId => InvocationIdOf(Item);

    /// <summary>The invocation that the turn on a message makes.</summary>
    public static string InvocationIdOf(InboxItem item) => item.Id + "-1";

    /// <summary>Whether a turn on this message was begun before and left.</summary>
    public bool IsRetry => Item.Attempts > 1;

    /// <summary>What was heard in the message; null when it is no voice note or was not listened to yet.</summary>
    public Heard? Heard => Item.Context.Heard;

    /// <summary>Where what it asks for comes from: the gate is stricter with what was spoken.</summary>
    public string Source => Schedule is not null ? InvocationRequest.Schedule : Item.Kind == InboundKind.Action ? "button" : Heard is null ? "chat" : InvocationRequest.Voice;

    /// <summary>The schedule that asks in its owner's name; null when a person wrote.</summary>
    public string? Schedule => Item.Context.Schedule;

    /// <summary>Whether nothing of it is seen but what its answer asks to say.</summary>
    public bool IsQuiet => Item.Context.Quiet;

    /// <summary>The finding that is looked into; null when it is none.</summary>
    public string? Finding => Item.Context.Finding;

    /// <summary>Who wrote.</summary>
    public Actor Actor => Item.Actor;
}
