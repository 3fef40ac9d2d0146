using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Channels.Discord;

/// <summary>What people write at Discord, as inbound messages. Pure.</summary>
internal static class DiscordInbound
{
    private const int DefaultMessage = 0;
    private const int Reply = 19;
    private const int ForwardReference = 1;
    private const int HasSnapshot = 1 << 14;
    private const int IsVoiceMessage = 1 << 13;

    /// <summary>Why a message is nothing for us whatever it says; looked at before anything is looked up.</summary>
    public static DropReason Check(DiscordMessage message) => message switch
    {
        { WebhookId: not null } => DropReason.Webhook,
        { Author: null } => DropReason.Malformed,
        { Author.Bot: true } or { Author.System: true } => DropReason.Bot,
        { MessageReference.Type: ForwardReference } => DropReason.Forwarded,
        { Flags: { } flags } when (flags & HasSnapshot) != 0 => DropReason.Forwarded,
        { EditedTimestamp: not null } => DropReason.Edited,
        { Type: not (DefaultMessage or Reply) } => DropReason.System,
        _ when !Snowflake.IsOne(message.Id) || !Snowflake.IsOne(message.ChannelId) || !Snowflake.IsOne(message.Author!.Id) => DropReason.Malformed,
        _ => DropReason.None,
    };

    /// <summary>Whether it names the bot or answers it.</summary>
    public static bool IsAddressed(DiscordMessage message, string bot) =>
        message.ReferencedMessage?.Author?.Id == bot || (message.Mentions?.Any(m => m.Id == bot) ?? false) || Mentions(message.Content ?? "", bot);

    /// <summary>The inbound message, or why there is none.</summary>
    public static (InboundMessage? Message, DropReason Reason) Convert(DiscordMessage message, MessagePlace place, string bot)
    {
        if (Check(message) is var reason && reason != DropReason.None) return (null, reason);
        if (!place.IsOurs && !IsAddressed(message, bot)) return (null, DropReason.NotAddressed);
        var text = WithoutMention(message.Content ?? "", bot);
        var files = Files(message);
        if (text.Length == 0 && files.Count == 0) return (null, DropReason.Empty);
        var actor = Who(message.Author!, message.Member);
        return (new InboundMessage($"{DiscordChannel.ChannelName}:m:{message.Id}", new ConversationKey(DiscordChannel.ChannelName, place.Chat, place.Thread), actor, InboundKind.Text, text)
        {
            Context = new InboundContext { Group = place.Group, Anchor = message.Id, Files = files },
        }, DropReason.None);
    }

    /// <summary>The actor.</summary>
    public static Actor Who(DiscordUser user, DiscordMember? member) =>
        new(DiscordChannel.ChannelName, "", user.Id, member?.Nick ?? user.GlobalName ?? user.Username ?? user.Id);

    /// <summary>A name within the bound for what is kept.</summary>
    public static string Name(string name) => DiscordOutbound.Cut(name, InboundContext.MaxTextLength);

    private static bool Mentions(string text, string bot) => text.Contains($"<@{bot}>", StringComparison.Ordinal) || text.Contains($"<@!{bot}>", StringComparison.Ordinal);

    private static string WithoutMention(string text, string bot)
    {
        text = text.Trim();
        string[] mentions = [$"<@{bot}>", $"<@!{bot}>"];
        // In front it is only an address. Elsewhere it stands in a sentence that reads badly without it.
        while (mentions.FirstOrDefault(m => text.StartsWith(m, StringComparison.Ordinal)) is { } front) text = text[front.Length..].TrimStart(' ', ',', ':', '\n');
        return mentions.FirstOrDefault(m => text.EndsWith(m, StringComparison.Ordinal)) is { } end ? text[..^end.Length].TrimEnd() : text;
    }

    private static List<InboundFile> Files(DiscordMessage message)
    {
        var files = new List<InboundFile>();
        foreach (var attachment in (message.Attachments ?? []).Take(InboundContext.MaxFiles))
        {
            if (!Snowflake.IsOne(attachment.Id)) continue;
            files.Add(new InboundFile(
                Kind(attachment, message.Flags ?? 0), $"{message.ChannelId}/{message.Id}/{attachment.Id}", Name(Leaf(attachment.Title ?? attachment.Filename)),
                attachment.ContentType is { } type ? DiscordOutbound.Cut(type, 100) : null, attachment.Size is >= 0 and var size ? size : null,
                attachment.DurationSecs is { } seconds and >= 0 and < 1e6 ? TimeSpan.FromSeconds(seconds) : null));
        }

        return files;
    }

    // The flag is a hint: Discord says that it may change. What is spoken has a waveform or is sound at least.
    private static InboundFileKind Kind(DiscordAttachment attachment, int flags)
    {
        var type = attachment.ContentType ?? "";
        var sound = type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || (type.Length == 0 && (attachment.Filename?.EndsWith(".ogg", StringComparison.OrdinalIgnoreCase) ?? false));
        if (sound && ((flags & IsVoiceMessage) != 0 || attachment.Waveform is not null)) return InboundFileKind.Voice;
        if (sound) return InboundFileKind.Audio;
        return type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ? InboundFileKind.Image : InboundFileKind.Document;
    }

    private static string Leaf(string? name)
    {
        var leaf = name?[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return string.IsNullOrWhiteSpace(leaf) ? "file" : leaf;
    }
}
