using ChatOps.Channels.Telegram.Client;
using ChatOps.Messages;

namespace ChatOps.Channels.Telegram;

/// <summary>What an update means here.</summary>
internal abstract record TelegramEvent
{
    /// <summary>Somebody said something to the bot.</summary>
    /// <param name="Message">For the inbox.</param>
    /// <param name="ChatId">Where.</param>
    /// <param name="MessageId">Telegram's message.</param>
    /// <param name="RepliesTo">The bot's message that it answers; null when it answers none.</param>
    internal sealed record Said(InboundMessage Message, long ChatId, long MessageId, long? RepliesTo) : TelegramEvent;

    /// <summary>Somebody pressed a button of the bot.</summary>
    /// <param name="Message">For the inbox, once the press means an action; its text is the token.</param>
    /// <param name="PressId">For the answer.</param>
    /// <param name="Step">What the press is.</param>
    /// <param name="ChatId">Where.</param>
    /// <param name="Shown">The message with its buttons, as the person saw it.</param>
    internal sealed record Pressed(InboundMessage Message, string PressId, PressStep Step, long ChatId, TgMessage Shown) : TelegramEvent;

    /// <summary>A press that cannot be understood; the person is told.</summary>
    /// <param name="PressId">For the answer.</param>
    /// <param name="Answer">What is said.</param>
    internal sealed record Puzzling(string PressId, string Answer) : TelegramEvent;

    /// <summary>A group has become a supergroup.</summary>
    /// <param name="From">The old id.</param>
    /// <param name="To">The new id.</param>
    internal sealed record Migrated(long From, long To) : TelegramEvent;

    /// <summary>Nothing for the bot.</summary>
    /// <param name="Reason">Why, in one word for the metric.</param>
    internal sealed record Dropped(string Reason) : TelegramEvent;
}
