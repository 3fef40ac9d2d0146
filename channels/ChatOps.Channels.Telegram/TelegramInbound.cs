using System.Globalization;
using ChatOps.Channels.Telegram.Client;
using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Channels.Telegram;

/// <summary>What an update is for the inbox, or the reason why it is nothing. Pure, and safe for whatever anybody sends.</summary>
internal static class TelegramInbound
{
    /// <summary>Its name.</summary>
    public const string ChannelName = "telegram";

    private const string OldButton = "This button is too old to be pressed here. Use the command on the card (/approve or /deny with its id).";
    private const string NotOurs = "This button is not one of ours.";

    /// <summary>Converts.</summary>
    /// <param name="update">What happened.</param>
    /// <param name="me">The bot.</param>
    public static TelegramEvent Convert(TgUpdate update, TgUser me)
    {
        if (update.CallbackQuery is { } press) return OfPress(press, me);
        if (update.Message is { } message) return OfMessage(message, me);
        return Drop(update.EditedMessage is not null ? "edited" : update.ChannelPost is not null ? "channel-post" : "unsupported");
    }

    /// <summary>The conversation of a chat and a topic.</summary>
    public static ConversationKey Conversation(TgMessage message) =>
        new(ChannelName, Number(message.Chat!.Id), message is { IsTopicMessage: true, MessageThreadId: { } topic } ? Number(topic) : "");

    /// <summary>A number as text.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static TelegramEvent OfMessage(TgMessage message, TgUser me)
    {
        if (message.Chat is not { } chat || message.MessageId == 0) return Drop("unreadable");
        if (message.MigrateToChatId is { } to) return new TelegramEvent.Migrated(chat.Id, to);
        if (message.MigrateFromChatId is { } from) return new TelegramEvent.Migrated(from, chat.Id);
        if (WhyNobody(message) is { } reason) return Drop(reason);
        if (!chat.IsPrivate && !chat.IsGroup) return Drop("channel-post");
        var files = TelegramInboundFiles.Of(message);
        if (message.Text is null && message.Caption is null && files.Count == 0) return Drop("no-content");
        var said = TelegramAddress.Read(message, me);
        if (said.IsForAnotherBot) return Drop("other-bot");
        if (chat.IsGroup && !said.IsAddressed) return Drop("not-addressed");
        var key = $"{ChannelName}:{Number(me.Id)}:{Number(chat.Id)}:{Number(message.MessageId)}";
        var inbound = new InboundMessage(key, Conversation(message), Who(message.From!), InboundKind.Text, said.Text)
        {
            Context = new InboundContext { Group = Group(chat), Anchor = Number(message.MessageId), Files = files },
        };
        return new TelegramEvent.Said(inbound, chat.Id, message.MessageId, said.RepliesTo);
    }

    private static TelegramEvent OfPress(TgCallbackQuery press, TgUser me)
    {
        if (press is not { Id: { Length: > 0 } id, From: { } from } || from.IsBot) return Drop("unreadable");
        if (PressData.Read(press.Data) is not { } data) return new TelegramEvent.Puzzling(id, NotOurs);
        if (press.Message is not { Chat: { } chat } shown || (!chat.IsPrivate && !chat.IsGroup)) return new TelegramEvent.Puzzling(id, OldButton);
        var inbound = new InboundMessage($"{ChannelName}:{Number(me.Id)}:press:{id}", Conversation(shown), Who(from), InboundKind.Action, data.Token)
        {
            Context = new InboundContext { Group = Group(chat) },
        };
        return new TelegramEvent.Pressed(inbound, id, data.Step, chat.Id, shown);
    }

    // Whoever speaks for a chat, through a bot, or with somebody else's words is nobody here: only a person's own message can be a command.
    private static string? WhyNobody(TgMessage message) => message switch
    {
        { From: null } => "no-sender",
        { SenderChat: not null } => "anonymous",
        { From.IsBot: true } => "bot",
        { IsAutomaticForward: true } or { ForwardOrigin: not null } => "forwarded",
        { ViaBot: not null } => "via-bot",
        { BusinessConnectionId: not null } => "business",
        { EditDate: not null } => "edited",
        _ => null,
    };

    private static Actor Who(TgUser user) => new(ChannelName, "", Number(user.Id), string.Join(' ', new[] { user.FirstName, user.LastName }.Where(n => n is { Length: > 0 })));

    private static string? Group(TgChat chat) =>
        chat.IsPrivate ? null : chat.Title is { Length: > 0 } title ? title[..Math.Min(title.Length, InboundContext.MaxTextLength)] : "a group without a name";

    private static TelegramEvent.Dropped Drop(string reason) => new(reason);
}
