using System.Buffers;

namespace ChatOps.Secrets.Redaction;

/// <summary>What stands between a name and its value.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Length">From the end of the name; zero when there is none.</param>
internal readonly record struct Separator(SeparatorKind Kind, int Length)
{
    private const int MaxGap = 64;
    private static readonly string[] ValueWords = ["value", "Value"];
    private static readonly string[] LineStarts = ["export", "set", "ENV", "ARG", "env", "Environment", "-e", "--env", "-D", "--set", "#", "//", "machine"];

    /// <summary>Blanks.</summary>
    public static SearchValues<char> Blank { get; } = SearchValues.Create(" \t\u00a0");

    /// <summary>Reads what follows a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the name begins.</param>
    /// <param name="end">Behind the name.</param>
    public static Separator Read(ReadOnlySpan<char> text, int start, int end)
    {
        var at = end;
        var closed = Close(text, ref at);
        if (!closed && at < text.Length && text[at] == '>' && start > 0 && text[start - 1] is '<' or ':')
            return new Separator(SeparatorKind.Element, at + 1 - end);

        var gap = Gap(text, at);
        at += gap;
        if (at >= text.Length)
            return default;
        if (Assignment(text, at) is { Length: > 0 } assignment)
            return assignment with { Length = at + assignment.Length - end };

        // <add key="…" value="…">, {"name":"…","value":"…"}
        if ((closed || gap > 0) && NamedValue(text, at) is { Length: > 0 } named)
            return named with { Length = at + named.Length - end };
        return gap > 0 && !closed && text[start] == '-' && text[at] != '-' ? new Separator(SeparatorKind.Flag, at - end) : default;
    }

    /// <summary>Whether a name is the first thing on its line, punctuation and words such as <c>export</c> aside.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the name begins.</param>
    public static bool AtLineStart(ReadOnlySpan<char> text, int start)
    {
        var before = text[..start].Trim(" \t\"'{,-|>;*[");
        foreach (var word in LineStarts)
        {
            if (before.SequenceEqual(word))
                return true;
        }

        return before.IsEmpty;
    }

    private static bool Close(ReadOnlySpan<char> text, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] is '\\' or '"' or '\'' or ']' or '`' && at - start < 8)
            at++;
        return at > start;
    }

    private static int Gap(ReadOnlySpan<char> text, int at) => Math.Min(MaxGap, Alphabets.Run(text[at..], Blank));

    private static Separator Assignment(ReadOnlySpan<char> text, int at)
    {
        var rest = text[at..];
        if (rest.StartsWith("://"))
            return default;
        if (rest.StartsWith("=>") || rest.StartsWith(":=") || rest.StartsWith("=="))
            return new Separator(SeparatorKind.Equals, 2);
        return rest[0] switch
        {
            '=' => new Separator(SeparatorKind.Equals, rest.StartsWith("=3D") ? 3 : 1),
            ':' => new Separator(SeparatorKind.Colon, rest.StartsWith("::") ? 2 : 1),
            '%' when rest.StartsWith("%3D", StringComparison.OrdinalIgnoreCase) => new Separator(SeparatorKind.Equals, 3),
            _ => default,
        };
    }

    private static Separator NamedValue(ReadOnlySpan<char> text, int at)
    {
        var from = at;
        if (text[at] is ',' or ';')
            at++;
        at += Gap(text, at);
        Close(text, ref at);
        foreach (var word in ValueWords)
        {
            if (!text[at..].StartsWith(word))
                continue;

            at += word.Length;
            Close(text, ref at);
            at += Gap(text, at);
            return at < text.Length && text[at] is ':' or '=' ? new Separator(text[at] == ':' ? SeparatorKind.Colon : SeparatorKind.Equals, at + 1 - from) : default;
        }

        return default;
    }
}
