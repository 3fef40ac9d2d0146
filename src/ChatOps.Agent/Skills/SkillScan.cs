using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatOps.Secrets;
using ChatOps.Skills;

namespace ChatOps.Agent.Skills;

/// <summary>Looks through a skill for what harmful ones do. It finds patterns, not intentions: a clean scan is no proof, and a person decides.</summary>
internal sealed class SkillScan(IRedactor redactor)
{
    /// <summary>Findings in one file, at most; more of them say nothing new.</summary>
    public const int MaxFindings = 50;

    /// <summary>Characters of a line that patterns are looked for in.</summary>
    private const int MaxLine = 4096;

    private static readonly byte[] Elf = [0x7f, (byte)'E', (byte)'L', (byte)'F'];
    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".gif", ".webp"];

    /// <summary>What the header tells.</summary>
    public IEnumerable<SkillFinding> Header(SkillHeader header, string text)
    {
        if (header.Fenced)
            yield return Note("fenced-header", SkillReader.Main, 1, "Its header is fenced as ```skill; the open format has lines of --- around it. It is read all the same.");
        if (header.Ignored.Count > 0)
            yield return Note("unknown-keys", SkillReader.Main, 1, $"Keys that are not of the format have no effect: {string.Join(", ", header.Ignored)}.");
        var lines = text.AsSpan().Count('\n');
        if (lines > SkillsOptions.LongBody)
            yield return Note("long", SkillReader.Main, 0, string.Create(CultureInfo.InvariantCulture, $"It has {lines} lines; put what is not always needed into references/."));
    }

    /// <summary>What a file holds.</summary>
    /// <param name="path">Relative to the skill.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="text">The content as text; null when it is none.</param>
    public IEnumerable<SkillFinding> File(string path, byte[] bytes, string? text)
    {
        if (text is null)
        {
            yield return bytes.AsSpan().StartsWith(Elf) || bytes.AsSpan().StartsWith("MZ"u8)
                ? Found("program", SkillSeverity.Block, path, 0, Convert.ToHexStringLower(SHA256.HashData(bytes)), "It is a compiled program; what it does cannot be read.")
                : Pictures.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
                    ? Note("picture", path, 0, "A picture; the scan does not see what is written in it.")
                    : Found("binary", SkillSeverity.Review, path, 0, Convert.ToHexStringLower(SHA256.HashData(bytes)), "It is no text; the scan cannot look into it.");
            yield break;
        }

        var count = 0;
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            foreach (var finding in Line(path, number, line))
            {
                yield return finding;
                if (++count >= MaxFindings) yield break;
            }
        }
    }

    private IEnumerable<SkillFinding> Line(string path, int number, string line)
    {
        if (HiddenCharacters.Find(line, number == 1) is { } hidden) yield return Found(hidden.Rule, SkillSeverity.Block, path, number, line, hidden.Reason);
        if (Homoglyphs.Find(line) is { } word)
            yield return Found("homoglyph", SkillSeverity.Block, path, number, line, $"The word {word} mixes letters of several scripts that look alike; it is not what it seems.");
        // What is hidden in a word by characters without width is found as if they were not there.
        var seen = HiddenCharacters.Without(line);
        if (seen.Length > MaxLine)
        {
            yield return Found("long-line", SkillSeverity.Review, path, number, line, string.Create(CultureInfo.InvariantCulture, $"A line of {seen.Length} characters; nobody reads that."));
            seen = seen[..MaxLine];
        }

        foreach (var rule in SkillRule.All.Where(r => r.Pattern.IsMatch(seen))) yield return Found(rule.Id, rule.Severity, path, number, line, rule.Reason);
        if (redactor.Redact(seen) != seen) yield return Found("secret", SkillSeverity.Block, path, number, line, "It holds something that looks like a password, key or token.");
    }

    private static SkillFinding Note(string rule, string path, int line, string reason) => new(rule, SkillSeverity.Note, path, line, reason);

    private static SkillFinding Found(string rule, SkillSeverity severity, string path, int line, string content, string reason)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\0{content}")))[..6];
        return new($"{rule}-{hash}", severity, path, line, reason);
    }
}
