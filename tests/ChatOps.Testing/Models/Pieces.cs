namespace ChatOps.Testing.Models;

/// <summary>Cuts text into pieces as a model streams it.</summary>
internal static class Pieces
{
    private const int Size = 6;

    /// <summary>The pieces; none of nothing.</summary>
    public static IEnumerable<string> Of(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var length = Math.Min(Size, text.Length - i);
            if (i + length < text.Length && char.IsHighSurrogate(text[i + length - 1])) length++;
            yield return text.Substring(i, length);
            i += length;
        }
    }
}
