namespace ChatOps.Channels.Discord;

/// <summary>One Discord message that one of ours became.</summary>
/// <param name="Channel">Where it stands.</param>
/// <param name="Message">Its id.</param>
/// <param name="Kind">What can be done with it.</param>
internal sealed record MessagePart(string Channel, string Message, PartKind Kind)
{
    private const char CardMark = '!';
    private const char PrivateMark = '~';

    /// <summary>Reads what <see cref="Join"/> wrote; what is not readable is left out.</summary>
    public static List<MessagePart> Parse(string? platformId)
    {
        var parts = new List<MessagePart>();
        foreach (var text in (platformId ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var kind = text[^1] switch { CardMark => PartKind.Card, PrivateMark => PartKind.Private, _ => PartKind.Plain };
            if ((kind == PartKind.Plain ? text : text[..^1]).Split('/') is [var channel, var message] && Snowflake.IsOne(channel) && Snowflake.IsOne(message))
                parts.Add(new MessagePart(channel, message, kind));
        }

        return parts;
    }

    /// <summary>All parts as one platform id; null for none.</summary>
    public static string? Join(IEnumerable<MessagePart> parts) => string.Join(',', parts) is { Length: > 0 } text ? text : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Channel}/{Message}{Kind switch { PartKind.Card => $"{CardMark}", PartKind.Private => $"{PrivateMark}", _ => "" }}";
}
