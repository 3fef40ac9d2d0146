using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ChatOps.Console.Authentication;
using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Console.Chat;

/// <summary>
/// A console conversation: its chat id is <c>{principal}.{slug}</c>, and addresses hold the slug alone. The principal is always the signed-in
/// one, so no address can name somebody else's conversation.
/// </summary>
internal sealed class ChatAddress
{
    private const int MaxSlugLength = 40;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int NewSlugLength = 12;

    private ChatAddress(string slug, string owner)
    {
        Slug = slug;
        Chat = $"{owner}.{slug}";
        Key = new ConversationKey(Sessions.WebChannel, Chat);
    }

    public string Slug { get; }

    public string Chat { get; }

    public ConversationKey Key { get; }

    /// <summary>Reads a slug of an address: lower-case letters, digits and dashes.</summary>
    public static bool TryRead(string slug, Principal owner, [NotNullWhen(true)] out ChatAddress? address)
    {
        address = slug.Length is > 0 and <= MaxSlugLength && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? new ChatAddress(slug, owner.Id)
            : null;
        return address is not null;
    }

    public static ChatAddress New(Principal owner) => new(RandomNumberGenerator.GetString(Alphabet, NewSlugLength), owner.Id);

    /// <summary>The slug of a stored conversation of this owner; null when it is not one of the console's.</summary>
    public static string? SlugOf(string conversationId, Principal owner)
    {
        var key = ConversationKey.Parse(conversationId);
        var prefix = owner.Id + ".";
        if (key.Channel != Sessions.WebChannel || key.Thread.Length > 0 || !key.Chat.StartsWith(prefix, StringComparison.Ordinal)) return null;
        return TryRead(key.Chat[prefix.Length..], owner, out var address) ? address.Slug : null;
    }
}
