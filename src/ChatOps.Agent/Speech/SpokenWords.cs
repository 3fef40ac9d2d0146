using System.Text;

namespace ChatOps.Agent.Speech;

/// <summary>
/// A transcript as plain lower-case words in one line. Punctuation inside stays as a mark of its own (<c>,</c> or <c>.</c>), so that two sentences never read as one;
/// politeness around the words is taken off.
/// </summary>
internal static class SpokenWords
{
    /// <summary>Longest transcript that is looked at as a command; a longer one is talk.</summary>
    public const int MaxLength = 300;

    private const string Comma = ",";
    private const string Stop = ".";

    private static readonly string[] Before =
    [
        "hey", "hi", "hello", "okay", "ok", "alright", "um", "uh", "uhm", "so", "well", "please", "just", "quickly", "chatops", "chat ops", "bot", "computer", Comma,
        "can you", "could you", "would you", "will you", "i want you to", "i need you to", "i would like you to", "i'd like you to", "go ahead and",
    ];

    private static readonly string[] After = ["please", "thanks", "thank you", "now", "right now", "for me", "quickly", "will you", Comma, Stop];

    /// <summary>The words, politeness included; empty when there is nothing to read.</summary>
    public static string Read(string transcript)
    {
        var words = new List<string>();
        foreach (var raw in Straight(transcript).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var word = raw.Trim('"', '(', ')');
            var bare = word.TrimEnd(',', '.', '!', '?', ';', ':', '"');
            if (bare.Length > 0) words.Add(bare);
            if (bare.Length < word.Length && words.Count > 0 && words[^1] is not (Comma or Stop)) words.Add(word[bare.Length] == ',' ? Comma : Stop);
        }

        while (words.Count > 0 && words[^1] is Comma or Stop) words.RemoveAt(words.Count - 1);
        return string.Join(' ', words);
    }

    /// <summary>The same without the politeness at both ends.</summary>
    public static string WithoutPoliteness(string words)
    {
        for (var before = ""; before != words;)
        {
            before = words;
            foreach (var filler in Before)
                if (words.StartsWith(filler + " ", StringComparison.Ordinal)) words = words[(filler.Length + 1)..];
            foreach (var filler in After)
                if (words.EndsWith(" " + filler, StringComparison.Ordinal)) words = words[..^(filler.Length + 1)];
        }

        return words;
    }

    // Transcripts come with typographic quotes and dashes.
    private static string Straight(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            result.Append(c switch
            {
                '\u2018' or '\u2019' => '\'',
                '\u201c' or '\u201d' or '\u00ab' or '\u00bb' => '"',
                '\u2010' or '\u2011' => '-',
                '\u2026' => '.',
                _ => c,
            });
        }

        return result.ToString();
    }
}
