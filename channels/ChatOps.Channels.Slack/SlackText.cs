using System.Text;

namespace ChatOps.Channels.Slack;

/// <summary>Slack's text: three escaped characters, and references in angle brackets.</summary>
internal static class SlackText
{
    /// <summary>Escapes text so that Slack shows it as it is.</summary>
    public static string Escape(string text) =>
        text.AsSpan().IndexOfAny('&', '<', '>') < 0 ? text : text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>What a person typed: references as they were written, without the mention of the bot.</summary>
    public static string Decode(string text, string botUser)
    {
        var result = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var start = rest.IndexOf('<');
            var end = start < 0 ? -1 : rest[start..].IndexOf('>');
            if (end < 0)
            {
                Unescape(rest, result);
                break;
            }

            Unescape(rest[..start], result);
            Reference(rest[(start + 1)..(start + end)], botUser, result);
            rest = rest[(start + end + 1)..];
        }

        return result.ToString().Trim();
    }

    /// <summary>The three characters that Slack escapes.</summary>
    public static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        Unescape(text, result);
        return result.ToString();
    }

    private static void Reference(ReadOnlySpan<char> inner, string botUser, StringBuilder result)
    {
        var bar = inner.IndexOf('|');
        var target = bar < 0 ? inner : inner[..bar];
        var label = bar < 0 ? [] : inner[(bar + 1)..];
        if (target.Length == 0)
        {
            result.Append('<');
            Unescape(inner, result);
            result.Append('>');
        }
        else if (target[0] == '@')
        {
            // The bot's own name addresses it and says nothing more. Others stay the id that cannot change.
            if (!target[1..].SequenceEqual(botUser)) Unescape(target, result);
        }
        else if (target[0] == '#')
        {
            result.Append('#');
            Unescape(label.Length > 0 ? label : target[1..], result);
        }
        else if (target[0] == '!')
        {
            if (label.Length == 0) result.Append('@');
            Unescape(label.Length > 0 ? label : target[1..], result);
        }
        else
        {
            Link(target, label, result);
        }
    }

    // Slack turns a typed example.com into a link with that label; a label that says something else is a sender's choice and must not hide where it leads.
    private static void Link(ReadOnlySpan<char> target, ReadOnlySpan<char> label, StringBuilder result)
    {
        var bare = target;
        foreach (var scheme in (ReadOnlySpan<string>)["http://", "https://", "mailto:", "tel:"])
            if (target.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) bare = target[scheme.Length..];
        if (label.Length == 0 || label.SequenceEqual(target))
        {
            Unescape(target, result);
        }
        else if (label.SequenceEqual(bare) || label.SequenceEqual(bare.TrimEnd('/')))
        {
            Unescape(label, result);
        }
        else
        {
            Unescape(label, result);
            result.Append(" (");
            Unescape(target, result);
            result.Append(')');
        }
    }

    private static void Unescape(ReadOnlySpan<char> text, StringBuilder result)
    {
        while (text.IndexOf('&') is var at and >= 0)
        {
            result.Append(text[..at]);
            text = text[at..];
            var (character, length) = text.StartsWith("&lt;") ? ('<', 4) : text.StartsWith("&gt;") ? ('>', 4) : text.StartsWith("&amp;") ? ('&', 5) : ('&', 1);
            result.Append(character);
            text = text[length..];
        }

        result.Append(text);
    }
}
