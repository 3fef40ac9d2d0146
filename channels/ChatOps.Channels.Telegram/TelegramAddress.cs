using ChatOps.Channels.Telegram.Client;

namespace ChatOps.Channels.Telegram;

/// <summary>To whom a message is addressed, and what remains of it without the address. Pure.</summary>
/// <param name="Text">The text without the bot's name.</param>
/// <param name="IsAddressed">Whether the bot is meant: a command, a mention, or a reply to it.</param>
/// <param name="IsForAnotherBot">Whether it is a command that names another bot.</param>
/// <param name="RepliesTo">The bot's message that it answers.</param>
internal sealed record TelegramAddress(string Text, bool IsAddressed, bool IsForAnotherBot, long? RepliesTo)
{
    /// <summary>Reads it.</summary>
    public static TelegramAddress Read(TgMessage message, TgUser me)
    {
        var text = message.Text ?? message.Caption ?? "";
        var marks = (message.Text is null ? message.CaptionEntities : message.Entities) ?? [];
        long? repliesTo = message.ReplyToMessage is { } replied && replied.From?.Id == me.Id ? replied.MessageId : null;
        var mentions = marks.Where(m => IsWithin(m, text) && Mentions(m, text, me)).OrderByDescending(m => m.Offset).ToList();
        foreach (var mention in mentions) text = Without(text, mention);
        text = text.Trim();
        var (command, name) = Command(text);
        var another = name is not null && !string.Equals(name, me.Username, StringComparison.OrdinalIgnoreCase);
        if (name is not null && !another) text = command + text[(command.Length + 1 + name.Length)..];
        if (message.Chat!.IsPrivate && command is "/start") text = "/help";
        return new TelegramAddress(text, mentions.Count > 0 || command.Length > 0 || repliesTo is not null, another, repliesTo);
    }

    private static bool IsWithin(TgEntity mark, string text) => mark.Offset >= 0 && mark.Length > 0 && mark.Offset <= text.Length && mark.Length <= text.Length - mark.Offset;

    private static bool Mentions(TgEntity mark, string text, TgUser me) => mark.Type switch
    {
        "mention" => me.Username is { Length: > 0 } name && text.AsSpan(mark.Offset, mark.Length).Equals("@" + name, StringComparison.OrdinalIgnoreCase),
        "text_mention" => mark.User?.Id == me.Id,
        _ => false,
    };

    private static string Without(string text, TgEntity mention)
    {
        var after = text[(mention.Offset + mention.Length)..];
        // "bot, do this" is addressed like "bot do this".
        if (string.IsNullOrWhiteSpace(text[..mention.Offset])) after = after.TrimStart(' ', ',', ':');
        return text[..mention.Offset] + after;
    }

    // The command's word, and the bot's name behind it where there is one: /status@ops_bot.
    private static (string Command, string? Name) Command(string text)
    {
        if (text is not ['/', _, ..] || !IsWord(text[1])) return ("", null);
        var end = 1;
        while (end < text.Length && (IsWord(text[end]) || text[end] == '-')) end++;
        if (end < text.Length && text[end] == '@')
        {
            var nameEnd = end + 1;
            while (nameEnd < text.Length && IsWord(text[nameEnd])) nameEnd++;
            if (nameEnd > end + 1) return (text[..end], text[(end + 1)..nameEnd]);
        }

        // A path such as /etc/hosts is no command.
        return end == text.Length || char.IsWhiteSpace(text[end]) ? (text[..end], null) : ("", null);
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
