using System.Globalization;

namespace ChatOps.Rendering;

/// <summary>
/// Splits text into pieces that fit a platform's limit, by the platform's own counting: at the ends of lines, else between words, else between graphemes, so that no emoji and no
/// combined letter is cut in two. A code fence that is cut is closed and opened again. Joined again the pieces hold everything; only the line end or space at a cut is gone.
/// </summary>
public static class TextSplitter
{
    /// <summary>Smallest limit where fences are kept.</summary>
    public const int MinFencedLimit = 32;

    private const string Fence = "```";
    private const int MaxInfoLength = 16;

    /// <summary>The pieces, in order; one empty piece for an empty text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">Most that one piece may be long.</param>
    /// <param name="length">How long the platform thinks a text is; must not shrink when text is added.</param>
    /// <param name="fenced">Whether lines that begin with three backticks are code fences.</param>
    public static IReadOnlyList<string> Split(string text, int limit, Func<string, int> length, bool fenced = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, fenced ? MinFencedLimit : 1);
        if (!fenced && length(text) <= limit) return [text];
        var pieces = new List<string>();
        var fence = (string?)null;
        for (var at = 0; at < text.Length || pieces.Count == 0;)
        {
            var start = at;
            var opening = fence is null ? "" : fence + "\n";
            string Piece(int end)
            {
                var body = text[start..end];
                return opening + body + (fenced ? Closing(body, FenceAfter(body, fence)) : "");
            }

            var most = MostThatFits(text, start, limit, end => length(Piece(end)));
            var cut = most == text.Length ? most : BestCut(text, start, most, fenced, fence);
            pieces.Add(Piece(cut));
            if (fenced) fence = FenceAfter(text[start..cut], fence);
            at = cut;
            if (at < text.Length && text[at] is '\n' or ' ') at++;
            if (fence is not null && ClosedAt(text, at) is { } after) (at, fence) = (after, null);
        }

        return pieces;
    }

    /// <summary>The end of a text, at most so many UTF-16 code units, beginning at a grapheme.</summary>
    public static string Tail(string text, int limit)
    {
        if (text.Length <= limit) return text;
        var from = text.Length - Math.Max(0, limit);
        var at = Math.Max(0, from - MaxGrapheme);
        if (at > 0 && char.IsLowSurrogate(text[at])) at--;
        while (at < from) at += Step(text, at);
        return text[at..];
    }

    // Longer graphemes than this are somebody's joke, and may be cut between characters.
    private const int MaxGrapheme = 64;

    private static int Step(string text, int at)
    {
        var length = StringInfo.GetNextTextElementLength(text.AsSpan(at, Math.Min(MaxGrapheme, text.Length - at)));
        // The window must not cut a pair in two either.
        return length > 1 && at + length < text.Length && char.IsLowSurrogate(text[at + length]) && char.IsHighSurrogate(text[at + length - 1]) ? length - 1 : length;
    }

    private static int MostThatFits(string text, int start, int limit, Func<int, int> lengthTo)
    {
        // By halves over positions, then back to a boundary: the length function may be costly.
        var fits = start;
        var tooFar = text.Length + 1;
        for (var reach = limit; tooFar > text.Length && fits < text.Length; reach *= 2)
        {
            var end = WholeCharacter(text, (int)Math.Min(text.Length, start + (long)reach));
            if (lengthTo(end) <= limit) fits = end;
            else tooFar = end;
        }

        while (tooFar - fits > 1)
        {
            var middle = WholeCharacter(text, fits + (tooFar - fits) / 2);
            if (middle <= fits) break;
            if (lengthTo(middle) <= limit) fits = middle;
            else tooFar = middle;
        }

        if (fits == text.Length) return fits;
        var boundary = GraphemeBoundary(text, start, fits);
        if (boundary > start) return boundary;
        // Not even one grapheme fits: characters are cut, and one goes at least.
        return fits > start ? fits : start + (char.IsHighSurrogate(text[start]) && start + 1 < text.Length && char.IsLowSurrogate(text[start + 1]) ? 2 : 1);
    }

    private static int WholeCharacter(string text, int at) =>
        at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;

    private static int GraphemeBoundary(string text, int start, int most)
    {
        var at = Math.Max(start, most - 2 * MaxGrapheme);
        if (at > start) at = WholeCharacter(text, at);
        // From a place that surely begins a grapheme: after a line end or a space, or the piece's start.
        while (at > start && text[at - 1] is not ('\n' or ' ') && most - at < 16 * MaxGrapheme) at--;
        while (at < most)
        {
            var next = at + Step(text, at);
            if (next > most) break;
            at = next;
        }

        return at;
    }

    private static int BestCut(string text, int start, int most, bool fenced, string? fence)
    {
        var piece = text.AsSpan(start, most - start);
        var least = piece.Length / 4;
        var line = piece.LastIndexOf('\n');
        var word = piece.LastIndexOf(' ');
        var cut = text[most] is '\n' ? most
            : line >= least && line > 0 ? start + line
            : text[most] is ' ' ? most
            : word >= least && word > 0 && word > line ? start + word
            : line > 0 ? start + line
            : most;
        return fenced ? NotBeforeTicks(text, start, BesideFence(text, start, cut, fence)) : cut;
    }

    // A fence is not cut in two, and one that would be opened only to be closed at once goes to the next piece.
    private static int BesideFence(string text, int start, int cut, string? fence)
    {
        var body = text.AsSpan(start, cut - start);
        var lastLine = body.LastIndexOf('\n') + 1;
        if (lastLine < 2) return cut;
        var rest = text.AsSpan(start + lastLine);
        var line = rest.IndexOf('\n') is >= 0 and var end ? rest[..end] : rest;
        var insideFence = line.Length > body.Length - lastLine && line.TrimStart().StartsWith(Fence);
        return insideFence || (IsOpening(line) && FenceAfter(body.ToString(), fence) is not null) ? start + lastLine - 1 : cut;
    }

    // Three backticks in the middle of a line are no fence, and must not become one by standing first in a piece.
    private static int NotBeforeTicks(string text, int start, int cut)
    {
        if (text[cut] == '\n' || !text.AsSpan(cut).TrimStart(' ').StartsWith(Fence)) return cut;
        var earlier = cut;
        while (earlier > start && text[earlier] is ' ' or '`') earlier--;
        earlier = GraphemeBoundary(text, start, earlier);
        return earlier > start && text[earlier] is not ('\n' or ' ' or '`') ? earlier : cut;
    }

    private static string Closing(string body, string? fence) => fence is null ? "" : body.EndsWith('\n') ? Fence : "\n" + Fence;

    // The piece before has closed it already: it must not be opened again for nothing.
    private static int? ClosedAt(string text, int at)
    {
        var rest = text.AsSpan(at);
        var end = rest.IndexOf('\n');
        if (!IsClosing(end < 0 ? rest : rest[..end])) return null;
        return end < 0 ? text.Length : at + end + 1;
    }

    /// <summary>The fence that is open after a text, as it is opened again; null for none.</summary>
    private static string? FenceAfter(string body, string? fence)
    {
        foreach (var range in body.AsSpan().Split('\n'))
        {
            var line = body.AsSpan()[range];
            if (fence is null && IsOpening(line)) fence = line.Trim().ToString();
            else if (fence is not null && IsClosing(line)) fence = null;
        }

        return fence;
    }

    internal static bool IsOpening(ReadOnlySpan<char> line) =>
        line.Trim() is var trimmed && trimmed.StartsWith(Fence) && trimmed.Length <= Fence.Length + MaxInfoLength && !trimmed[Fence.Length..].Contains('`');

    internal static bool IsClosing(ReadOnlySpan<char> line) => line.Trim().SequenceEqual(Fence);
}
