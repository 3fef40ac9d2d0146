namespace ChatOps.Channels.Slack;

/// <summary>The forms of Slack's ids. What looks otherwise is not from Slack.</summary>
internal static class SlackIds
{
    private const int MaxLength = 64;
    private const int MaxTokenLength = 40;

    /// <summary>A team, user, channel, file or view.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= MaxLength && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>A message: seconds, a point, a counter. It is text, never a number: rounding it would name another message.</summary>
    public static bool IsTs(string text)
    {
        if (text.Length is 0 or > MaxLength) return false;
        var point = text.IndexOf('.');
        return point > 0 && point < text.Length - 1 && text.AsSpan(0, point).ContainsAnyExceptInRange('0', '9') is false && text.AsSpan(point + 1).ContainsAnyExceptInRange('0', '9') is false;
    }

    /// <summary>A token of one of our buttons.</summary>
    public static bool IsToken(string text) => text.Length is > 0 and <= MaxTokenLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or ':');

    /// <summary>Whatever Slack makes up for triggers and actions: printable, no spaces.</summary>
    public static bool IsHandle(string text) => text.Length is > 0 and <= 256 && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>A direct message between a person and the bot.</summary>
    public static bool IsDirect(string channel, string channelType) => channelType == "im" || (channelType.Length == 0 && channel.StartsWith('D'));
}
