using System.Text.RegularExpressions;

namespace ChatOps.Tools.Access;

/// <summary>How a group is written: <c>telegram:-100123</c>.</summary>
internal static partial class GroupName
{
    /// <summary>For people who mistyped one.</summary>
    public const string Form = "A group is written channel:chat, such as telegram:-100123 or slack:C0123. 'access group list' lists those in which somebody asked.";

    public static string Of(string channel, string chat) => $"{channel}:{chat}";

    public static bool TryRead(string text, out string channel, out string chat)
    {
        var match = Pattern().Match(text);
        (channel, chat) = (match.Groups[1].Value, match.Groups[2].Value);
        return match.Success;
    }

    [GeneratedRegex(@"\A([a-z][a-z0-9_-]{0,31}):([A-Za-z0-9_.@-]{1,128})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
