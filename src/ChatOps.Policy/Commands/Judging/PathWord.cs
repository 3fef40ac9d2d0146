using ChatOps.Policy.Commands.Grammar;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>A word taken as a path: its segments without empty ones and without <c>.</c>.</summary>
/// <param name="IsAbsolute">Whether it begins at the root.</param>
/// <param name="IsPattern">Whether segments may be patterns.</param>
/// <param name="Segments">In order; <c>..</c> is kept.</param>
internal sealed record PathWord(bool IsAbsolute, bool IsPattern, IReadOnlyList<string> Segments)
{
    /// <summary>Whether a segment leads upwards, or is a pattern that can.</summary>
    public bool LeadsUp => Segments.Any(s => s == ".." || (IsPattern && s[0] == '.' && GlobOverlap.CanBeSame(s, true, "..")));

    public static PathWord Of(ShellWord word) => Of(word.Text, word.IsPattern);

    public static PathWord Of(string text, bool isPattern)
    {
        var segments = new List<string>();
        foreach (var range in text.AsSpan().Split('/'))
        {
            var segment = text[range];
            if (segment is not ("" or ".")) segments.Add(segment);
        }

        return new PathWord(text.StartsWith('/'), isPattern, segments);
    }

    /// <summary>The path with <c>..</c> taken literally, below a known directory when it is relative.</summary>
    public PathWord Resolve(PathWord? directory)
    {
        var segments = new List<string>(IsAbsolute || directory is null ? [] : directory.Segments);
        foreach (var segment in Segments)
        {
            if (segment != "..") segments.Add(segment);
            else if (segments.Count > 0) segments.RemoveAt(segments.Count - 1);
        }

        return new PathWord(IsAbsolute || directory is { IsAbsolute: true }, IsPattern || directory is { IsPattern: true }, segments);
    }
}
