using ChatOps.Secrets.Neutral;

namespace ChatOps.Secrets.Redaction;

/// <summary>A text as a reader sees it, without terminal sequences and invisible characters, and where each of its characters stands in the original.</summary>
internal sealed class PlainText
{
    private readonly int[] _places;

    private PlainText(char[] text, int[] places, int length)
    {
        Text = new string(text, 0, length);
        _places = places;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Whether a text holds anything that a reader does not see.</summary>
    /// <param name="text">The text.</param>
    public static bool IsNeeded(ReadOnlySpan<char> text) => text.ContainsAny(InvisibleCharacters.Suspects);

    /// <summary>Makes one.</summary>
    /// <param name="text">The original.</param>
    public static PlainText From(ReadOnlySpan<char> text)
    {
        var plain = new char[text.Length];
        var places = new int[text.Length + 1];
        var length = 0;
        for (var at = 0; at < text.Length;)
        {
            var skip = TerminalSequence.Begins(text[at]) ? TerminalSequence.LengthAt(text[at..]) : 0;
            if (skip == 0 && text[at] == '\b')
            {
                // The next character overwrites the one before.
                length = Math.Max(0, length - 1);
                skip = 1;
            }

            if (skip == 0 && text[at] != '\r' && InvisibleCharacters.Suspects.Contains(text[at])
                && (InvisibleCharacters.IsInvisible(text, at, out var width) || text[at] is '\u200c' or '\u200d'))
                skip = width;
            if (skip > 0)
            {
                at += skip;
                continue;
            }

            places[length] = at;
            plain[length++] = text[at++];
        }

        places[length] = text.Length;
        return new PlainText(plain, places, length);
    }

    /// <summary>Where a character stands in the original.</summary>
    /// <param name="index">Its place in <see cref="Text"/>, or its length.</param>
    public int Original(int index) => _places[index];

    /// <summary>The same finding in the original: from its first character to its last, with everything between.</summary>
    /// <param name="finding">A finding in <see cref="Text"/>.</param>
    public Finding Original(Finding finding) => finding with { Start = _places[finding.Start], End = finding.End == finding.Start ? _places[finding.End] : _places[finding.End - 1] + 1 };
}
