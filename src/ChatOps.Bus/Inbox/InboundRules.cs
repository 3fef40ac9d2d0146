using System.Buffers;
using System.Globalization;
using ChatOps.Messages;

namespace ChatOps.Bus;

/// <summary>What the inbox takes. Pure.</summary>
internal static class InboundRules
{
    /// <summary>Longest platform key, conversation id and actor key.</summary>
    public const int MaxKeyLength = 512;

    /// <summary>Longest token of a button.</summary>
    public const int MaxTokenLength = 40;

    /// <summary>The answer to a message without text.</summary>
    public static readonly InboxReceipt Empty = Refuse("The message is empty. Type a command such as /help.");

    /// <summary>The answer to a message into somebody else's private conversation.</summary>
    public static readonly InboxReceipt NotYours = Refuse("This conversation belongs to somebody else. Start one of your own.");

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~:");

    /// <summary>A refusal, or null for what may come in.</summary>
    public static InboxReceipt? Check(InboundMessage message)
    {
        if (string.IsNullOrWhiteSpace(message.Text) && !MayBeEmpty(message)) return Empty;
        if (message.Text.Length > InboundMessage.MaxTextLength)
        {
            return Refuse(string.Create(CultureInfo.InvariantCulture,
                $"The message is too long: {message.Text.Length:N0} characters, and at most {InboundMessage.MaxTextLength:N0} are taken. Send it in parts, or as a file."));
        }

        if (message.PlatformKey.Length is 0 or > MaxKeyLength || message.Conversation.Id.Length > MaxKeyLength || message.Actor.Key.Length > MaxKeyLength)
            return Refuse("The message carries an id that is empty or too long. This is a fault of the program that sent it.");
        if (message.Context.Files.Count > InboundContext.MaxFiles)
            return Refuse(string.Create(CultureInfo.InvariantCulture, $"The message brings {message.Context.Files.Count} files, and at most {InboundContext.MaxFiles} are taken. Send them in parts."));
        if (!IsWithinBounds(message.Context)) return Refuse("The message carries a group, a file or an id whose name is too long. This is a fault of the program that sent it.");
        return message.Kind == InboundKind.Action && !IsToken(message.Text) ? Refuse("This button is not one of ours.") : null;
    }

    /// <summary>A voice note or a picture says something without a word.</summary>
    public static bool MayBeEmpty(InboundMessage message) => message is { Kind: InboundKind.Text, Context.Files.Count: > 0 };

    private static bool IsWithinBounds(InboundContext context) =>
        IsShort(context.Group) && IsShort(context.Anchor) && IsShort(context.Tenant)
        && context.Files.All(f => f.Reference.Length > 0 && IsShort(f.Reference) && IsShort(f.Name) && IsShort(f.MediaType) && f.Bytes is null or >= 0);

    private static bool IsShort(string? text) => text is null || text.Length <= InboundContext.MaxTextLength;

    private static bool IsToken(string text)
    {
        var space = text.IndexOf(' ');
        var token = space < 0 ? text.AsSpan() : text.AsSpan(0, space);
        return token.Length is > 0 and <= MaxTokenLength && !token.ContainsAnyExcept(TokenCharacters);
    }

    private static InboxReceipt Refuse(string reason) => new(InboxStatus.Refused, null, reason);
}
