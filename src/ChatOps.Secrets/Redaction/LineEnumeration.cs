namespace ChatOps.Secrets.Redaction;

/// <summary>Lines with their ends.</summary>
internal static class LineEnumeration
{
    /// <summary>Cuts a text into its lines, each with its end.</summary>
    /// <param name="text">The text.</param>
    public static List<string> EnumerateWithEnds(this ReadOnlySpan<char> text)
    {
        var lines = new List<string>();
        while (!text.IsEmpty)
        {
            var end = text.IndexOf('\n');
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[..end].ToString());
            text = text[end..];
        }

        return lines;
    }
}
