using System.Text.RegularExpressions;
using ChatOps.Fleet;

namespace ChatOps.Node.Files;

/// <summary>What a search looks for in a line: plain text, or a regular expression that takes linear time.</summary>
internal sealed class LinePattern
{
    private readonly string _text;
    private readonly Regex? _regex;

    private LinePattern(string text, Regex? regex) => (_text, _regex) = (text, regex);

    /// <summary>Makes one.</summary>
    /// <param name="search">What is looked for.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static LinePattern? From(FileSearch search, out FileProblem? problem)
    {
        problem = search.Text.Length switch
        {
            0 => new(FileStatus.BadRequest, "There is nothing to look for: the text is empty."),
            > FileBounds.PatternCharacters => new(FileStatus.BadRequest, $"The text to look for is longer than {FileBounds.PatternCharacters} characters."),
            _ => null,
        };
        if (problem is not null)
            return null;

        try
        {
            const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
            return new LinePattern(search.Text, search.IsRegex ? new Regex(search.Text, options, FileBounds.RegexTime) : null);
        }
        catch (ArgumentException wrong)
        {
            problem = new(FileStatus.BadRequest, $"The regular expression is wrong: {wrong.Message}");
        }
        catch (NotSupportedException)
        {
            problem = new(FileStatus.BadRequest, "The regular expression uses look-around, back references, or repetitions that are too large; these are not supported here.");
        }

        return null;
    }

    /// <summary>Whether a line matches.</summary>
    /// <param name="line">The line.</param>
    public bool Matches(string line) => _regex?.IsMatch(line) ?? line.Contains(_text, StringComparison.Ordinal);
}
