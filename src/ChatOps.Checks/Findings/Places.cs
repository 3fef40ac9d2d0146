using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Checks.Findings;

/// <summary>Where findings are told: <c>web:NAME</c>, <c>slack:CHAT</c>, <c>slack:CHAT/THREAD</c>.</summary>
internal static class Places
{
    private const string Web = "web";
    private const int MaxSlug = 40;
    private static readonly string[] Channels = [Web, "telegram", "slack", "discord"];

    /// <summary>What is wrong with a place; null when it is good.</summary>
    public static string? WhyNot(string text)
    {
        var at = text.IndexOf(':', StringComparison.Ordinal);
        if (at < 1 || at == text.Length - 1 || text.Any(char.IsControl)) return "this must be a channel and a chat: web:checks, slack:C012345, telegram:-100123, discord:1234.";
        var channel = text[..at];
        if (!Channels.Contains(channel)) return $"there is no channel '{channel}'; there are {string.Join(", ", Channels)}.";
        return channel == Web && !IsSlug(text[(at + 1)..]) ? $"a conversation of the console has a name of 1 to {MaxSlug} lower case letters, digits and dashes." : null;
    }

    /// <summary>The conversation of a place. Those of the console belong to the owner.</summary>
    public static ConversationKey Of(string text, IOwner owner)
    {
        var parts = text.Split(':', 2);
        if (parts[0] == Web) return InConsole(parts[1], owner);
        var chat = parts[1].Split('/', 2);
        return new ConversationKey(parts[0], chat[0], chat.Length > 1 ? chat[1] : "");
    }

    /// <summary>A conversation of the console.</summary>
    public static ConversationKey InConsole(string slug, IOwner owner) => new(Web, $"{owner.PrincipalId}.{slug}");

    /// <summary>Whether it is the console's.</summary>
    public static bool IsConsole(ConversationKey key) => key.Channel == Web;

    private static bool IsSlug(string text) => text.Length is > 0 and <= MaxSlug && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
