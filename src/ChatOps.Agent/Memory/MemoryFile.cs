using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ChatOps.Memory;

namespace ChatOps.Agent.Memory;

/// <summary>A file of notes: Markdown that people may edit. Lines that begin with a dash are notes; everything else stays as it is.</summary>
/// <param name="Person">Whose; null for everybody's.</param>
/// <param name="Text">The whole text.</param>
internal sealed partial record MemoryFile(string? Person, string Text)
{
    /// <summary>Most characters of a file.</summary>
    public const int MaxCharacters = 16_000;

    private const int IdLength = 6;

    /// <summary>The notes, oldest first.</summary>
    public IReadOnlyList<MemoryNote> Notes => [.. Text.Split('\n').Where(IsNote).Select(Parse)];

    /// <summary>A new file.</summary>
    public static MemoryFile New(string? person) => new(person, person is null
        ? "# What is remembered for everybody\n\nOne note a line. Edit freely; secrets and instructions do not belong here.\n\n"
        : "# What is remembered for one person\n\nOne note a line. Edit freely; secrets and instructions do not belong here.\n\n");

    /// <summary>The file with one more note.</summary>
    public MemoryFile With(string on, string by, string text) => this with { Text = Text.TrimEnd('\n') + $"\n{(Notes.Count == 0 ? "\n" : "")}- {on} {by}: {text}\n" };

    /// <summary>The file without a note.</summary>
    public MemoryFile Without(string id) => this with { Text = string.Join('\n', Text.Split('\n').Where(l => !IsNote(l) || Parse(l).Id != id)) };

    /// <summary>The file with other notes in the place of all.</summary>
    public MemoryFile WithOnly(string on, string by, IEnumerable<string> texts) =>
        texts.Aggregate(this with { Text = string.Join('\n', Text.Split('\n').Where(l => !IsNote(l))) }, (file, text) => file.With(on, by, text));

    /// <summary>The id of a text.</summary>
    public static string IdOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..IdLength];

    private static bool IsNote(string line) => line.StartsWith("- ", StringComparison.Ordinal);

    private MemoryNote Parse(string line)
    {
        var match = Written().Match(line.TrimEnd('\r'));
        var text = match.Success ? match.Groups["text"].Value : line[2..].TrimEnd('\r');
        return new(IdOf(text), Person, match.Success ? match.Groups["on"].Value : "", match.Success ? match.Groups["by"].Value : "by hand", text);
    }

    [GeneratedRegex(@"^- (?<on>\d{4}-\d{2}-\d{2}) (?<by>\S+): (?<text>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
