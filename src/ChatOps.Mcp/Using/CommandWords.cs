using System.Text;

namespace ChatOps.Mcp.Using;

/// <summary>A command's words: separated by spaces, quoted by ' or ". Nothing is expanded and no shell is asked.</summary>
internal static class CommandWords
{
    /// <summary>The words; null when a quote is not closed.</summary>
    public static IReadOnlyList<string>? Split(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (open, any) = ('\0', false);
        foreach (var c in command)
        {
            if (open != '\0' && c == open) open = '\0';
            else if (open != '\0') word.Append(c);
            else if (c is '\'' or '"') (open, any) = (c, true);
            else if (char.IsWhiteSpace(c))
            {
                if (any || word.Length > 0) words.Add(word.ToString());
                word.Clear();
                any = false;
            }
            else word.Append(c);
        }

        if (any || word.Length > 0) words.Add(word.ToString());
        return open == '\0' ? words : null;
    }
}
