namespace ChatOps.Agent.Context;

/// <summary>What of a conversation is told whole, and what in short. Parts are never split, never reordered; the newest stay whole for as long as anything else can give way.</summary>
internal static class ContextFit
{
    /// <summary>More exchanges than this are never told whole.</summary>
    public const int MaxParts = 300;

    /// <summary>When the older part gives way, the rest is to fit into this share of the room: so it does not give way again at the very next message.</summary>
    public const double KeptShare = 0.5;

    private static readonly int[] OlderResults = [2_000, 600, 200];
    private static readonly int[] NewestResults = [16_000, 8_000, 4_000, 2_000, 600, 200];

    /// <summary>Which part of the history is the first that is told whole.</summary>
    /// <param name="history">Earlier exchanges, oldest first.</param>
    /// <param name="others">Tokens of everything else: rules, situation, digest, this turn.</param>
    /// <param name="room">Tokens that there are.</param>
    /// <returns>0 when all of it fits.</returns>
    public static int FirstKept(IReadOnlyList<ContextPart> history, int others, int room)
    {
        if (others + history.Sum(p => p.Tokens) <= room && history.Count <= MaxParts) return 0;
        var left = (int)(room * KeptShare) - others;
        var first = history.Count;
        while (first > 0 && history.Count - first < MaxParts / 2 && history[first - 1].Tokens <= left) left -= history[--first].Tokens;
        // Something has to give way, or nothing would be gained.
        return Math.Max(first, 1);
    }

    /// <summary>Makes the parts fit by shortening the results of calls: the oldest first, the newest part's last and least.</summary>
    /// <param name="parts">The parts, oldest first.</param>
    /// <param name="room">Tokens that there are.</param>
    public static IReadOnlyList<ContextPart> Shorten(IReadOnlyList<ContextPart> parts, int room)
    {
        var result = parts.ToArray();
        var tokens = result.Sum(p => p.Tokens);
        foreach (var characters in OlderResults)
        {
            for (var i = 0; i < result.Length - 1 && tokens > room; i++) Replace(i, characters);
        }

        foreach (var characters in NewestResults)
        {
            if (tokens > room && result.Length > 0) Replace(result.Length - 1, characters);
        }

        return result;

        void Replace(int index, int characters)
        {
            tokens -= result[index].Tokens;
            result[index] = result[index].WithResults(characters);
            tokens += result[index].Tokens;
        }
    }
}
